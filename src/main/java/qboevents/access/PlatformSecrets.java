// SPDX-License-Identifier: Apache-2.0
package qboevents.access;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import qboevents.encryption.Hash;
import qboevents.encryption.Installation;

/** The two secrets of the platform: given as settings, or generated once, when only their hashes are kept. */
@Component
public class PlatformSecrets {

    private static final Logger log = LoggerFactory.getLogger(PlatformSecrets.class);

    private final String userHash;
    private final String organizationHash;
    /** Both halves at once for calls from within this process; nobody outside is told it. */
    private final String own = base64();
    private final String ownHash = Hash.of(own);

    PlatformSecrets(ApiSettings settings, Installation installation) {
        var told = new ArrayList<String>();
        userHash = hash("user-secret", settings.userSecret(), PlatformSecrets::base64, installation, told);
        organizationHash = hash("organization-secret", settings.organizationSecret(), PlatformSecrets::hex, installation, told);
        if (!told.isEmpty()) {
            log.warn("""
                    The API's secrets were generated. They are shown this once, keep them:

                        {}

                    Send them as  Authorization: User <user-secret>, Organization <organization-secret>
                    Set events.api.user-secret and events.api.organization-secret to choose your own.
                    """, String.join("\n    ", told));
        }
    }

    boolean user(String secret) {
        return Hash.matches(secret, userHash) || Hash.matches(secret, ownHash);
    }

    boolean organization(String secret) {
        return Hash.matches(secret, organizationHash) || Hash.matches(secret, ownHash);
    }

    String own() {
        return "User " + own + ", Organization " + own;
    }

    /** Of both, to see whether they are still the same. */
    String fingerprint() {
        return Hash.of(userHash + organizationHash);
    }

    public static String base64() {
        return Base64.getEncoder().encodeToString(random(32));
    }

    private static String hex() {
        return HexFormat.of().formatHex(random(16));
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static String hash(
            String name, String given, Supplier<String> maker, Installation installation, List<String> told) {
        if (!given.isBlank()) {
            return Hash.of(given.strip());
        }
        if (installation.recalled(name).isEmpty()) {
            var made = maker.get();
            if (installation.remember(name, Hash.of(made))) {
                told.add("events.api.%-19s = %s".formatted(name, made));
            }
        }
        return installation.recalled(name).orElseThrow();
    }
}
