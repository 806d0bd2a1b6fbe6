// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the installation remembers of itself, once for all nodes. */
@Component
class Installation {

    private final JdbcClient database;

    Installation(JdbcClient database) {
        this.database = database;
    }

    Optional<String> recalled(String name) {
        return database.sql("select content from installation where name = :name")
                .param("name", name).query(String.class).optional();
    }

    /** @return whether it was new; another node may have been first */
    boolean remember(String name, String value) {
        return database.sql("""
                insert into installation (name, content) values (:name, :content)
                on conflict do nothing
                """).param("name", name).param("content", value).update() == 1;
    }
}
