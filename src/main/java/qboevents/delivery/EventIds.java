// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.encryption.Installation;

/**
 * {@code message.eventId}: 20 URL-safe characters for a delivery's id. It needs no column, is the same in every
 * repetition, and nobody can tell another one from it: 7 bytes of a keyed hash of the id, then the id itself under a mask
 * made from those 7.
 */
@Component
public class EventIds {

    private static final int TAG = 7;

    private final ThreadLocal<Mac> macs; // making one costs more than using it

    EventIds(Installation installation) {
        var key = new SecretKeySpec(Base64.getDecoder().decode(installation.seed("event-id-seed")), "HmacSHA256");
        macs = ThreadLocal.withInitial(() -> mac(key));
    }

    /** @return nothing when it is not one of ours */
    public OptionalLong id(@Nullable String eventId) {
        var bytes = decoded(eventId);
        if (bytes.length != TAG + Long.BYTES) {
            return OptionalLong.empty();
        }
        var tag = Arrays.copyOf(bytes, TAG);
        var plain = masked(Arrays.copyOfRange(bytes, TAG, bytes.length), tag);
        return MessageDigest.isEqual(tag, Arrays.copyOf(hash(plain), TAG))
                ? OptionalLong.of(ByteBuffer.wrap(plain).getLong())
                : OptionalLong.empty();
    }

    private static byte[] decoded(@Nullable String eventId) {
        try {
            return Base64.getUrlDecoder().decode(eventId == null ? "" : eventId);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    public String of(long id) {
        var plain = ByteBuffer.allocate(Long.BYTES).putLong(id).array();
        var tag = Arrays.copyOf(hash(plain), TAG);
        var bytes = ByteBuffer.allocate(TAG + Long.BYTES).put(tag).put(masked(plain, tag)).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] masked(byte[] bytes, byte[] tag) {
        var mask = hash(tag);
        var result = bytes.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= mask[i];
        }
        return result;
    }

    private byte[] hash(byte[] bytes) {
        return macs.get().doFinal(bytes);
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}
