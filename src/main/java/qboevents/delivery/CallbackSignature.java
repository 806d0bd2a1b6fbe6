// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs the bytes that are sent, in the form of Open Connectors and in that of Standard Webhooks. */
final class CallbackSignature {

    /** Standard Webhooks: what follows is Base64 of the key. */
    private static final String ENCODED_KEY = "whsec_";

    private static final ThreadLocal<Mac> MACS = ThreadLocal.withInitial(CallbackSignature::mac);

    private CallbackSignature() {}

    /** @param keys the first one is the key; receivers may still have one of the others, which only the last header can tell */
    static Map<String, String> headers(List<String> keys, String id, Instant time, byte[] body) {
        var timestamp = Long.toString(time.getEpochSecond());
        var headers = new LinkedHashMap<String, String>();
        headers.put("Elements-Webhook-Signature", openConnectors(keys.get(0), body));
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", timestamp);
        headers.put("webhook-signature", standardWebhooks(keys, id, timestamp, body));
        return headers;
    }

    private static String standardWebhooks(List<String> keys, String id, String timestamp, byte[] body) {
        var all = standardWebhooks(keys.get(0), id, timestamp, body);
        for (var former : keys.subList(1, keys.size())) {
            all += " " + standardWebhooks(former, id, timestamp, body);
        }
        return all;
    }

    static String openConnectors(String key, byte[] body) {
        return "sha256=" + base64(hmac(key.getBytes(StandardCharsets.UTF_8), body));
    }

    static String standardWebhooks(String key, String id, String timestamp, byte[] body) {
        var prefix = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        return "v1," + base64(hmac(standardKey(key), prefix, body));
    }

    private static byte[] standardKey(String key) {
        if (key.startsWith(ENCODED_KEY)) {
            try {
                var decoded = Base64.getDecoder().decode(key.substring(ENCODED_KEY.length()));
                return decoded.length == 0 ? key.getBytes(StandardCharsets.UTF_8) : decoded;
            } catch (IllegalArgumentException e) {
                return key.getBytes(StandardCharsets.UTF_8); // only looks like one
            }
        }
        return key.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            var mac = MACS.get();
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (var part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key for HmacSHA256 may be any bytes", e);
        }
    }

    private static Mac mac() {
        try {
            return Mac.getInstance("HmacSHA256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
