// SPDX-License-Identifier: Apache-2.0
package qboevents.encryption;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in hex. Enough for values of 256 random bits, which nobody can guess from a list. */
public final class Hash {

    private Hash() {}

    public static String of(String secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes the same time wherever the two differ. */
    public static boolean matches(String secret, String hash) {
        return MessageDigest.isEqual(
                of(secret).getBytes(StandardCharsets.UTF_8), hash.getBytes(StandardCharsets.UTF_8));
    }
}
