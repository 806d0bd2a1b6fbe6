// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Checks both signatures of a notification the way a receiver would, written apart from the code that signs. */
final class Signatures {

    private static final String ELEMENTS = "elements-webhook-signature";

    private final Mac elements;
    private final Mac standard;

    Signatures(String key) {
        elements = mac(key.getBytes(UTF_8));
        standard = mac(key.startsWith("whsec_")
                ? Base64.getDecoder().decode(key.substring("whsec_".length()))
                : key.getBytes(UTF_8));
    }

    /** @return what is wrong */
    Optional<String> fault(Map<String, String> headers, byte[] body) {
        var wanted = "sha256=" + sign(elements, body);
        if (!same(wanted, headers.getOrDefault(ELEMENTS, ""))) {
            return Optional.of(ELEMENTS + " should be " + wanted + " but is " + headers.get(ELEMENTS));
        }
        return standardFault(headers, body);
    }

    private Optional<String> standardFault(Map<String, String> headers, byte[] body) {
        var head = headers.get("webhook-id") + "." + headers.get("webhook-timestamp") + ".";
        var wanted = "v1," + sign(standard, head.getBytes(UTF_8), body);
        for (var given : headers.getOrDefault("webhook-signature", "").split(" ")) {
            if (same(wanted, given)) {
                return Optional.empty();
            }
        }
        return Optional.of("webhook-signature should be " + wanted + " but is " + headers.get("webhook-signature"));
    }

    private static String sign(Mac prototype, byte[]... parts) {
        var mac = copy(prototype);
        for (var part : parts) {
            mac.update(part);
        }
        return Base64.getEncoder().encodeToString(mac.doFinal());
    }

    private static boolean same(String wanted, String given) {
        return MessageDigest.isEqual(wanted.getBytes(UTF_8), given.getBytes(UTF_8));
    }

    /** A Mac is for one thread; a copy costs less than a new one. */
    private static Mac copy(Mac prototype) {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Mac mac(byte[] key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
