// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import qboevents.database.Database;

/** Finds the key, or makes one for a new database, and refuses at start one that does not open what is stored. */
@Configuration(proxyBeanMethods = false)
class EncryptionKey {

    static final String CHECK = "encryption-check";
    private static final String CHECK_PLACE = "installation/content/" + CHECK;

    @Bean
    Encryption encryption(EncryptionSettings settings, Database database, Installation installation) {
        return checked(settings, new KeyFile(database.folder().resolve("encryption.key")), installation);
    }

    static Encryption checked(EncryptionSettings settings, KeyFile file, Installation installation) {
        var given = settings.key().isBlank() ? file.read() : Optional.of(settings.key().strip());
        var source = settings.key().isBlank() ? file.path().toString() : "events.encryption.key";
        if (given.isEmpty() && installation.recalled(CHECK).isPresent()) {
            throw new EncryptionKeyException(
                    "The database holds secrets that are encrypted, and the key is missing: there is no " + file.path()
                            + " and events.encryption.key is not set.",
                    "Put the key file back, or give its content as events.encryption.key.");
        }
        var key = given.orElseGet(() -> generated(file));
        var encryption = new Encryption(decoded(key, source));
        installation.remember(CHECK, encryption.seal(CHECK_PLACE, CHECK));
        return opening(installation.recalled(CHECK).orElseThrow(), encryption, source);
    }

    private static String generated(KeyFile file) {
        var bytes = new byte[Encryption.KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        var key = Base64.getEncoder().encodeToString(bytes);
        file.write(key);
        return key;
    }

    private static byte[] decoded(String key, String source) {
        try {
            var bytes = Base64.getDecoder().decode(key);
            if (bytes.length == Encryption.KEY_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Not Base64: told below, without the value.
        }
        throw new EncryptionKeyException("The encryption key in " + source + " is not Base64 of 32 bytes.",
                "Make one with: openssl rand -base64 32");
    }

    private static Encryption opening(String check, Encryption encryption, String source) {
        try {
            encryption.open(CHECK_PLACE, check);
            return encryption;
        } catch (IllegalStateException e) {
            throw new EncryptionKeyException(
                    "The encryption key in " + source + " is not the one that the secrets in the database were sealed with.",
                    "Give the key that this database was first started with. Nothing was read or changed.");
        }
    }
}
