// SPDX-License-Identifier: Apache-2.0
package qboevents.encryption;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.database.Database;

/** Finds the keys, or makes one for a new database, and refuses at start those that do not open what is stored. */
@Configuration(proxyBeanMethods = false)
class EncryptionKey {

    private static final String SETTING = "events.encryption.key";

    @Bean
    Encryption encryption(EncryptionSettings settings, Database database, JdbcClient jdbc) {
        return checked(settings, new KeyFile(database.folder().resolve("encryption.key")), jdbc);
    }

    static Encryption checked(EncryptionSettings settings, KeyFile file, JdbcClient jdbc) {
        var installation = new Installation(jdbc);
        var keys = new ArrayList<byte[]>();
        var source = settings.key().isBlank() ? file.path().toString() : SETTING;
        var given = settings.key().isBlank() ? file.read() : List.of(settings.key().strip());
        if (given.isEmpty() && installation.recalled(EncryptionCheck.NAME).isPresent()) {
            throw new EncryptionKeyException(
                    "The database holds secrets that are encrypted, and the key is missing: there is no " + file.path()
                            + " and " + SETTING + " is not set.",
                    "Put the key file back, or give its content as " + SETTING + ".");
        }
        (given.isEmpty() ? List.of(generated(file)) : given).forEach(key -> keys.add(decoded(key, source)));
        settings.otherKeys().forEach(key -> keys.add(decoded(key, "events.encryption.other-keys")));
        var encryption = new Encryption(keys);
        installation.remember(EncryptionCheck.NAME, encryption.seal(EncryptionCheck.PLACE, EncryptionCheck.NAME));
        return opening(new EncryptionCheck(jdbc), encryption, source);
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

    private static Encryption opening(EncryptionCheck check, Encryption encryption, String source) {
        if (!check.opens(encryption)) {
            throw new EncryptionKeyException(
                    "The encryption key in " + source + " is not the one that the secrets in the database were sealed with.",
                    "Give the key that this database was first started with; to replace it, give it in"
                            + " events.encryption.other-keys beside the new one. Nothing was read or changed.");
        }
        var unknown = check.unknown(encryption);
        if (!unknown.isEmpty()) {
            throw new EncryptionKeyException(
                    "Secrets in the database were sealed with a key that is not given, " + String.join(" and ", unknown)
                            + "; the one in " + source + " is " + encryption.keyName() + ".",
                    "Give the key in events.encryption.other-keys, until the command reencrypt has sealed everything with"
                            + " the one in " + source + ". Nothing was read or changed.");
        }
        return encryption;
    }
}
