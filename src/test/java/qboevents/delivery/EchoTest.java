// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import qboevents.instance.Callback;
import qboevents.instance.SignatureKeys;

class EchoTest {

    private static final Callback CALLBACK = new Callback(URI.create("https://me/"), new SignatureKeys("the-key-\u00e4", Map.of("the-old-key", Instant.EPOCH)), Map.of(
            "X-Api-Key", "a-secret", "X-Tenant", "7", "Authorization", "Basic dXNlcjpwYTpzc3dvcmQ="), "open-connectors", 0);

    private static String blotted(String answer) {
        return new String(Echo.blotted(answer.getBytes(UTF_8), CALLBACK), UTF_8);
    }

    @Test
    void blotsOutWhatIsSecret() {
        assertThat(blotted("{\"X-Api-Key\":\"a-secret\",\"key\":\"the-key-\u00e4\",\"Authorization\":\"Basic dXNlcjpwYTpzc3dvcmQ=\"}"))
                .isEqualTo("{\"X-Api-Key\":\"********\",\"key\":\"********\",\"Authorization\":\"********\"}");
        assertThat(blotted("user:pa:ssword, dXNlcjpwYTpzc3dvcmQ=")).isEqualTo("user:********, ********");
    }

    @Test
    void leavesEverythingElseAsItCame() {
        var bytes = new byte[] {(byte) 0xff, 0, 7, '7'};

        assertThat(blotted("row 7 of \u20ac")).isEqualTo("row 7 of \u20ac");
        assertThat(Echo.blotted(bytes, CALLBACK)).isSameAs(bytes);
        assertThat(Echo.blotted(bytes, null)).isSameAs(bytes);
    }
}
