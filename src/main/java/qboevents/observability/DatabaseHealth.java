// SPDX-License-Identifier: Apache-2.0
package qboevents.observability;

import jakarta.annotation.PreDestroy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether the database answers, in Spring Boot's place: that one asks for a connection on the thread of whoever looks, and with the
 * database away a few probes, or strangers, would soon hold every thread there is.
 */
@Component("dbHealthIndicator")
class DatabaseHealth implements HealthIndicator {

    private static final Duration LIFETIME = Duration.ofSeconds(2);
    private static final int PATIENCE = 1; // second

    private final DataSource source;
    private final ExecutorService asker = Standing.asker("database-health", 1);
    private final Sampled<String> product = new Sampled<>(this::product, asker, LIFETIME);

    DatabaseHealth(DataSource source) {
        this.source = source;
    }

    private String product() {
        try (var connection = source.getConnection()) {
            if (!connection.isValid(PATIENCE)) {
                throw new IllegalStateException("The connection is not good any more");
            }
            return connection.getMetaData().getDatabaseProductName();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Health health() {
        var answer = product.get();
        return answer == null
                ? Health.down().withDetail("reason", "The database does not answer").build()
                : Health.up().withDetail("database", answer).build();
    }

    @PreDestroy
    void close() {
        asker.shutdownNow();
    }
}
