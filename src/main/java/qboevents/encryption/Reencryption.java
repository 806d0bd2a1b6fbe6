// SPDX-License-Identifier: Apache-2.0
package qboevents.encryption;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.database.Database;

/**
 * Seals everything with the first key. Row by row, each only while it is as it was read: it may be killed and begun again,
 * and services that know both keys may run meanwhile.
 */
public class Reencryption {

    /** The word on the command line. */
    public static final String COMMAND = "reencrypt";

    private static final Logger log = LoggerFactory.getLogger(Reencryption.class);
    private static final int STEP = 500;
    private static final int ROUNDS = 10; // what a service seals with the old key meanwhile is found in the next one

    private final JdbcClient database;
    private final Encryption encryption;
    private final int step;
    private long sealed;

    /** @param step how many rows are read at once */
    Reencryption(JdbcClient database, Encryption encryption, int step) {
        this.database = database;
        this.encryption = encryption;
        this.step = step;
    }

    /** Takes the settings that the service takes. @return the exit code */
    public static int run(String... settings) {
        var application = new SpringApplicationBuilder(DatabaseAndKeys.class).web(WebApplicationType.NONE).logStartupInfo(false);
        try (var context = application.run(settings)) {
            return new Reencryption(context.getBean(JdbcClient.class), context.getBean(Encryption.class), STEP).run() ? 0 : 1;
        }
    }

    /** @return whether nothing is left that needs another key */
    boolean run() {
        for (int round = 0; round < ROUNDS && round() > 0; round++) {
            log.info("Looking again for what a service that runs has sealed with another key meanwhile");
        }
        var left = SealedColumn.ALL.stream().filter(this::needsAnotherKey).map(SealedColumn::toString).toList();
        if (left.isEmpty()) {
            new EncryptionCheck(database).sealAnew(encryption);
            log.info("{} values were sealed anew, and nothing needs another key than {} any more: the others can be taken out"
                    + " of events.encryption.other-keys and the key file", sealed, encryption.keyName());
        } else {
            log.error("{} values were sealed anew, but in {} some still need another key than {}: keep the others, see to it"
                    + " that every service has {} as its first, and run this again",
                    sealed, left, encryption.keyName(), encryption.keyName());
        }
        return left.isEmpty();
    }

    private long round() {
        return SealedColumn.ALL.stream().mapToLong(this::sealAnew).sum();
    }

    private long sealAnew(SealedColumn column) {
        long changed = 0;
        long row = Long.MIN_VALUE;
        for (var values = next(column, row); !values.isEmpty(); values = next(column, row)) {
            changed += values.stream().filter(value -> sealAnew(column, value)).count();
            row = values.get(values.size() - 1).row();
            log.info("{}: {} values sealed anew, up to row {}", column, changed, row);
        }
        sealed += changed;
        return changed;
    }

    private List<SealedColumn.Value> next(SealedColumn column, long row) {
        return column.after(database, row, encryption.mark(), step);
    }

    private boolean sealAnew(SealedColumn column, SealedColumn.Value value) {
        var place = column.place(value.row());
        try {
            return column.replace(database, value, encryption.seal(place, encryption.open(place, value.sealed())));
        } catch (IllegalStateException e) {
            log.error("{}; it is left as it is", e.getMessage());
            return false;
        }
    }

    private boolean needsAnotherKey(SealedColumn column) {
        return !next(column, Long.MIN_VALUE).isEmpty();
    }

    /** No routes, no web server; and no component, so that the service does not take it for a part of itself. */
    @ImportAutoConfiguration({DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class, FlywayAutoConfiguration.class})
    @EnableConfigurationProperties(EncryptionSettings.class)
    @ComponentScan(basePackageClasses = Database.class)
    @Import(EncryptionKey.class)
    static class DatabaseAndKeys {}
}
