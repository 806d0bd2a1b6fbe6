// SPDX-License-Identifier: Apache-2.0
package qboevents.encryption;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM. A value is bound to its place ({@code table/column/row}), so that it cannot be moved to another row, and says
 * which key it was sealed with: {@code v2:1a2b3c4d:} + Base64(nonce, ciphertext, tag). Values of the first form, {@code v1:},
 * name no key; every one is tried.
 */
public class Encryption {

    static final int KEY_BYTES = 32;
    static final int MARK_LENGTH = "v2:1a2b3c4d:".length();
    private static final String UNMARKED = "v1:";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** What lives for hours only, in a browser or a session: a new key may leave it behind. */
    public static final String PASSING = "passing/";

    private final SecureRandom random = new SecureRandom();
    private final List<Key> keys;

    /** @param keys the first one seals, all of them open */
    Encryption(List<byte[]> keys) {
        this.keys = keys.stream().map(Key::of).distinct().toList();
    }

    public Encryption(byte[] key) {
        this(List.of(key));
    }

    /** @throws IllegalArgumentException for a place that is in no {@link SealedColumn}: a new key would leave it behind */
    public String seal(String place, String plain) {
        if (!SealedColumn.holds(place) && !place.equals(EncryptionCheck.PLACE) && !place.startsWith(PASSING)) {
            throw new IllegalArgumentException(place + " is in no sealed column that is known; add it to SealedColumn");
        }
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var key = keys.get(0);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, place).doFinal(plain.getBytes(StandardCharsets.UTF_8));
            var all = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
            return key.mark() + Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String open(String place, String sealed) {
        var base64 = sealed.substring(sealed.lastIndexOf(':') + 1);
        return keys.stream()
                .filter(key -> sealed.startsWith(key.mark()) || sealed.startsWith(UNMARKED))
                .flatMap(key -> opened(place, key, base64).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "The value at " + place + " was not sealed there with a key that is known"));
    }

    /** What the values begin with that are sealed from now on. */
    String mark() {
        return keys.get(0).mark();
    }

    /** Of the key that seals from now on, for an operator to tell it from others. */
    String keyName() {
        return keyName(mark());
    }

    static String keyName(String mark) {
        return mark.replaceAll("^v2:|:$", "");
    }

    /** @param mark the beginning of a value, {@link #MARK_LENGTH} characters */
    boolean knows(String mark) {
        return mark.startsWith(UNMARKED) || keys.stream().anyMatch(key -> key.mark().equals(mark));
    }

    private static Optional<String> opened(String place, Key key, String base64) {
        try {
            var all = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            var nonce = new byte[NONCE_BYTES];
            all.get(nonce);
            var rest = new byte[all.remaining()];
            all.get(rest);
            var plain = cipher(Cipher.DECRYPT_MODE, key, nonce, place).doFinal(rest);
            return Optional.of(new String(plain, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, Key key, byte[] nonce, String place) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** A digest names the key: 32 of 256 random bits tell it from others, and nothing of it. */
    private record Key(String mark, SecretKey secret) {

        static Key of(byte[] bytes) {
            return new Key("v2:" + Hash.of(Base64.getEncoder().encodeToString(bytes)).substring(0, 8) + ":",
                    new SecretKeySpec(bytes, "AES"));
        }

        @Override
        public String toString() {
            return "Key[" + mark + "]";
        }
    }
}
