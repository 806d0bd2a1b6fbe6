// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM. A value is bound to its place ({@code table/column/row}), so that it cannot be moved to another row, and
 * says which key it was sealed with: {@code v1:} + Base64(nonce, ciphertext, tag).
 */
class Encryption {

    static final int KEY_BYTES = 32;
    private static final String KEY_VERSION = "v1:";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;

    Encryption(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    String seal(String place, String plain) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(plain.getBytes(StandardCharsets.UTF_8));
            var all = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
            return KEY_VERSION + Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String open(String place, String sealed) {
        try {
            if (!sealed.startsWith(KEY_VERSION)) {
                throw new GeneralSecurityException("unknown key version");
            }
            var all = ByteBuffer.wrap(Base64.getDecoder().decode(sealed.substring(KEY_VERSION.length())));
            var nonce = new byte[NONCE_BYTES];
            all.get(nonce);
            var rest = new byte[all.remaining()];
            all.get(rest);
            return new String(cipher(Cipher.DECRYPT_MODE, nonce, place).doFinal(rest), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalStateException("The value at " + place + " was not sealed there with this key");
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
