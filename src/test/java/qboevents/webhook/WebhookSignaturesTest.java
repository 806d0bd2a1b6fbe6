// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import qboevents.http.ApiException;

class WebhookSignaturesTest {

    /** As published with Intuit's Java SDK. */
    private static final String TOKEN = "b5771f19b12ddb4bcdb9f08bdc50bc63878a";
    private static final byte[] BODY = ("{\"eventNotifications\":[{\"realmId\":\"1185883450\",\"dataChangeEvent\":{\"entities\":["
            + "{\"name\":\"Customer\",\"id\":\"1\",\"operation\":\"Create\",\"lastUpdated\":\"2015-10-05T14:42:19-0700\"}]}}]}")
            .getBytes(UTF_8);
    private static final String SIGNATURE = "JC2GUwciPmRBwEO7WvrRmKqu9tGOKL8FFallocTFi8Q=";

    private static WebhookSignatures with(String... tokens) {
        return new WebhookSignatures(new WebhookSettings(List.of(tokens)), new WebhookCounts(Clock.systemUTC()));
    }

    @Test
    void takesThePublishedOne() {
        with(TOKEN).verify(BODY, SIGNATURE);
    }

    @Test
    void takesAnyOfTheTokensHoweverTheyAreWritten() {
        with("older", " ", TOKEN).verify(BODY, SIGNATURE);
        with("\t" + TOKEN + "\n", "newer").verify(BODY, " " + SIGNATURE + " ");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "=", "x", "JC2GUwciPmRBwEO7WvrRmKqu9tGOKL8FFallocTFi8Q", "jC2GUwciPmRBwEO7WvrRmKqu9tGOKL8FFallocTFi8Q=",
        "JC2GUwciPmRBwEO7WvrRmKqu9tGOKL8FFallocTFi8R=", "sha256=JC2GUwciPmRBwEO7WvrRmKqu9tGOKL8FFallocTFi8Q=", "\u0000\uD83D"})
    void refusesAnyOther(String signature) {
        assertThatThrownBy(() -> with(TOKEN).verify(BODY, signature))
                .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(401))
                .hasMessageNotContaining(TOKEN);
    }

    @Test
    void refusesAnotherBodyAndAnotherToken() {
        var other = BODY.clone();
        other[20]++;

        assertThatThrownBy(() -> with(TOKEN).verify(other, SIGNATURE)).hasMessageContaining("intuit-signature");
        assertThatThrownBy(() -> with(TOKEN).verify(null, SIGNATURE)).hasMessageContaining("intuit-signature");
        assertThatThrownBy(() -> with("other").verify(BODY, SIGNATURE)).hasMessageContaining("intuit-signature");
    }

    @Test
    void saysWhatToSetWhenThereIsNoToken() {
        assertThatThrownBy(() -> with(" ", "").verify(BODY, SIGNATURE))
                .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(503))
                .hasMessageContaining("set quickbooks.webhook.verifier-tokens");
    }

    @Test
    void worksForManyThreadsAtOnce() throws ExecutionException, InterruptedException {
        var signatures = with("other", TOKEN);
        var threads = Executors.newFixedThreadPool(8);

        var done = IntStream.range(0, 2000).mapToObj(i -> threads.submit(() -> signatures.verify(BODY, SIGNATURE))).toList();

        for (var each : done) {
            each.get();
        }
        threads.shutdown();
    }

    @Test
    void doesNotPrintTheTokens() {
        assertThat(new WebhookSettings(List.of(TOKEN, " ")).toString()).isEqualTo("WebhookSettings[verifierTokens=1 of them]");
    }
}
