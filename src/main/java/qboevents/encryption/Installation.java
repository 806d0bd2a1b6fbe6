// SPDX-License-Identifier: Apache-2.0
package qboevents.encryption;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the installation remembers of itself, once for all nodes. */
@Component
public class Installation {

    private final JdbcClient database;

    public Installation(JdbcClient database) {
        this.database = database;
    }

    public Optional<String> recalled(String name) {
        return database.sql("select content from installation where name = :name")
                .param("name", name).query(String.class).optional();
    }

    /** @return whether it was new; another node may have been first */
    public boolean remember(String name, String value) {
        return database.sql("""
                insert into installation (name, content) values (:name, :content)
                on conflict do nothing
                """).param("name", name).param("content", value).update() == 1;
    }

    /** Random bytes, Base64, made once and the same on every node from then on. Not a secret: only not to be guessed. */
    public String seed(String name) {
        return recalled(name).orElseGet(() -> {
            var bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            remember(name, Base64.getEncoder().encodeToString(bytes));
            return recalled(name).orElseThrow();
        });
    }
}
