// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import qboevents.database.Database;

/** The log of a database without Spring. */
record TestLog(DriverManagerDataSource source) {

    static TestLog of(DataSource source) {
        return new TestLog((DriverManagerDataSource) source);
    }

    JdbcClient client() {
        return JdbcClient.create(source);
    }

    EventRows rows() {
        var client = client();
        var turns = new Turns(client, new Database(String.valueOf(source.getUrl())));
        return new EventRows(new JdbcTemplate(source), new LatestStates(client), turns, new Ids(client));
    }

    Reconciliation reconciliation() {
        var jdbc = new JdbcTemplate(source);
        return new Reconciliation(jdbc, client(), new LostChanges(jdbc, client()));
    }

    Events events(Outbox outbox, Clock clock) {
        var transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
        return new Events(rows(), reconciliation(), outbox, transaction, clock, Optional.empty());
    }
}
