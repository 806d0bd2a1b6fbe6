// SPDX-License-Identifier: Apache-2.0
package qboevents.database;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A process that stops in the middle of a transaction, or a machine that is gone without a word, would keep its locks: whoever
 * keeps the same change waits for them, and all webhooks behind it. PostgreSQL ends such a session.
 */
@Configuration(proxyBeanMethods = false)
class Sessions {

    /** Nothing is done in a transaction but what the database does. */
    private static final String LIMIT = "set idle_in_transaction_session_timeout = '5s'";

    @Bean
    static BeanPostProcessor endsWhatIsLeft() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool && pool.getConnectionInitSql() == null
                        && String.valueOf(pool.getJdbcUrl()).startsWith("jdbc:postgresql:")) {
                    pool.setConnectionInitSql(LIMIT);
                }
                return bean;
            }
        };
    }

    /** Flyway would hold its lock in a transaction that does nothing, for as long as a migration takes. */
    @Bean
    FlywayConfigurationCustomizer lockWithoutTransaction() {
        return configuration -> configuration.configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
    }
}
