// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackSignatureTest {

    @Test
    void signsOpenConnectorsPublishedExample() {
        var body = "<INSERT_EVENT_NOTIFICATION_RESPONSE_BODY>".getBytes(StandardCharsets.UTF_8);

        assertThat(CallbackSignature.openConnectors("MySecretEventSignatureKey", body))
                .isEqualTo("sha256=jHdbRx5EZAsOfTwAPJOGkNUzQMVVdu5VJlxcsk+G6jQ=");
    }

    /** From the Standard Webhooks specification. */
    @Test
    void signsStandardWebhooksPublishedExample() {
        var body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

        assertThat(CallbackSignature.standardWebhooks(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_", "whsec_not Base64"})
    void signsWithTheTextItselfWhereItOnlyLooksLikeAnEncodedKey(String key) {
        var encoded = "whsec_" + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));

        assertThat(CallbackSignature.standardWebhooks(key, "1", "2", new byte[0]))
                .isEqualTo(CallbackSignature.standardWebhooks(encoded, "1", "2", new byte[0]));
    }
}
