// SPDX-License-Identifier: Apache-2.0
package qboevents.encryption;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether the keys that were given open everything that is stored; asked before anything is read or changed. */
record EncryptionCheck(JdbcClient database) {

    static final String NAME = "encryption-check";
    static final String PLACE = "installation/content/" + NAME;

    /** A word that is sealed with the first key of this database, and again with each that replaces it. */
    boolean opens(Encryption encryption) {
        try {
            encryption.open(PLACE, sealed());
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private String sealed() {
        return new Installation(database).recalled(NAME).orElseThrow();
    }

    /** Names of keys that values were sealed with and that are not among those given. */
    List<String> unknown(Encryption encryption) {
        return SealedColumn.ALL.stream()
                .flatMap(column -> column.marks(database, Encryption.MARK_LENGTH).stream())
                .filter(mark -> !encryption.knows(mark))
                .map(Encryption::keyName)
                .distinct().sorted().toList();
    }

    /** The last value that a new key takes over: until then the old one is needed. */
    void sealAnew(Encryption encryption) {
        var before = sealed();
        if (!before.startsWith(encryption.mark())) {
            database.sql("update installation set content = :sealed where name = :name and content = :before")
                    .param("sealed", encryption.seal(PLACE, NAME)).param("name", NAME).param("before", before)
                    .update();
        }
    }
}
