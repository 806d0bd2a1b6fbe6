// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;

/** {@code intuit-signature}: Base64 of HMAC-SHA256 over the body as it came. */
@Component
class WebhookSignatures {

    private static final String ALGORITHM = "HmacSHA256";

    private final ThreadLocal<List<Mac>> macs; // making one costs more than using it
    private final boolean configured;
    private final WebhookCounts counts;

    WebhookSignatures(WebhookSettings settings, WebhookCounts counts) {
        this.macs = ThreadLocal.withInitial(() -> settings.verifierTokens().stream().map(WebhookSignatures::mac).toList());
        this.configured = !settings.verifierTokens().isEmpty();
        this.counts = counts;
    }

    /** @throws ApiException 401 unless it was signed with one of our tokens; 503 when there are none */
    void verify(byte @Nullable [] body, @Nullable String signature) {
        counts.received();
        if (!configured) {
            throw new ApiException(503, "No webhook can be told from a forged one yet: set quickbooks.webhook.verifier-tokens"
                    + " to the verifier token that Intuit's developer portal shows for the app");
        }
        if (signature == null) {
            throw new ApiException(401, "The header intuit-signature is missing");
        }
        if (!genuine(body == null ? new byte[0] : body, signature.strip().getBytes(StandardCharsets.UTF_8))) {
            throw new ApiException(401, "The header intuit-signature is none that a token in quickbooks.webhook.verifier-tokens"
                    + " gives for this body");
        }
    }

    /** Takes as long whichever token it was, and however much of the signature is right. */
    private boolean genuine(byte[] body, byte[] signature) {
        var genuine = false;
        for (var mac : macs.get()) {
            genuine |= MessageDigest.isEqual(Base64.getEncoder().encode(mac.doFinal(body)), signature);
        }
        return genuine;
    }

    private static Mac mac(String token) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
