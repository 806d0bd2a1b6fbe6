// SPDX-License-Identifier: Apache-2.0
package qboevents.broken;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/**
 * Thousands of requests that are wrong somewhere, to every call that the running routes offer: each is answered, none as if
 * it were our fault, every error in the contract's form. A failure names the seed and the request.
 */
@ExtendWith(OutputCaptureExtension.class)
class BrokenRequestsTest {

    private static final int REQUESTS = Integer.getInteger("broken.requests", 2500);
    private static final String PLATFORM = "User test-user, Organization test-organization";
    private static final String VERIFIER = "verifier-of-the-test";
    private static final Set<String> MEMBERS = Set.of("requestId", "message", "providerMessage");
    private static final Pattern FIRST_LINE = Pattern.compile("^[^\r\n]* HTTP/1\\.[01]\r?\n");
    private static final Pattern ON_A_PAGE = Pattern.compile("^(GET|HEAD|POST) /(console[^ ?]*)?(\\?[^\r\n]*)? HTTP/");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final long seed = Long.getLong("broken.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final SpoiledHeads heads = new SpoiledHeads(random);
    private final SpoiledBodies bodies = new SpoiledBodies(random);

    @OnEachDatabase
    void areAnsweredAsTheContractSays(TestDatabase kind, CapturedOutput log) throws IOException {
        try (var quickBooks = new QuickBooksSimulator(MovableClock.running());
                var service = TestService.start(kind.freshUrl(), MovableClock.running(), quickBooks,
                        "quickbooks.webhook.verifier-tokens=" + VERIFIER, "events.delivery.allow-private-addresses=false")) {
            var http = new RawHttp(URI.create(service.base()).getPort());
            var calls = Offered.by(service);
            assertThat(calls).hasSizeGreaterThan(15);

            for (int i = 0; i < REQUESTS; i++) {
                if (i % 200 == 0) {
                    service.call("POST", "/instances", body(quickBooks, "9130350011"));
                }
                var request = i % 100 == 99 ? noise() : spoiled(calls.get(i % calls.size()), quickBooks).bytes();
                check(http.send(request), request, log);
            }
            assertThat(service.get("/instances").status()).isEqualTo(200);
        }
        assertThat(log.getAll()).as("seed %d", seed).doesNotContainPattern("Request [0-9a-f]{24} failed");
    }

    private Draft spoiled(Offered call, QuickBooksSimulator quickBooks) {
        var draft = call.draft(1000 + random.nextInt(20));
        draft.header("Authorization", PLATFORM);
        if (!call.method().equals("GET")) {
            draft.header("Content-Type", "application/json");
            draft.body = call.isInlet() ? webhook() : body(quickBooks, "9130350022").getBytes(UTF_8);
        }
        int faults = 1 + random.nextInt(3);
        for (int i = 0; i < faults; i++) {
            if (draft.body.length > 0 && random.nextInt(2) == 0) {
                draft.body = bodies.spoiled(draft.body);
            } else {
                heads.spoil(draft);
            }
        }
        if (call.isInlet() && random.nextInt(4) > 0) {
            draft.headers.add("intuit-signature: " + Signed.with(VERIFIER, draft.body));
        }
        return draft;
    }

    private static byte[] webhook() {
        return """
                [{"specversion":"1.0","id":"1","source":"x","type":"qbo.invoice.updated.v1","time":"2026-01-02T03:04:05Z",
                "intuitentityid":"12","intuitaccountid":"9130350011","data":{}},
                {"eventNotifications":[{"realmId":"9130350011","dataChangeEvent":{"entities":[
                {"name":"Invoice","operation":"Merge","id":"12","lastUpdated":"2026-01-02T03:04:05Z","deletedId":"13"}]}}]}]
                """.getBytes(UTF_8);
    }

    private static String body(QuickBooksSimulator quickBooks, String realm) {
        return TestService.connecting(realm, quickBooks.authorize(realm), "https://203.0.113.7/hook", Map.of(
                "event.notification.signature.key", "k", "event.notification.callback.headers", "{\"X-A\":\"b\"}",
                "event.poller.configuration", Map.of("invoices", Map.of("pageSize", 5)),
                "event.notification.batch.size", 5, "event.poller.timezone", "UTC", "event.poller.start", "2026-01-01",
                "event.vendor.type", "hybrid", "tags", "x"));
    }

    /** No HTTP at all, and maybe TLS. */
    private byte[] noise() {
        var bytes = new byte[1 + random.nextInt(3000)];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            bytes[0] = 0x16;
        }
        return bytes;
    }

    private void check(RawAnswer answer, byte[] request, CapturedOutput log) {
        var text = new String(request, ISO_8859_1);
        if (answer.status() == 0 && !FIRST_LINE.matcher(text).find()) {
            return; // not even a first line to its end, or of a time before answers had heads
        }
        if (answer.status() == 503 && log.getAll().contains("Webhook " + answer.headers().get("Elements-Request-Id")
                + " could not be stored: org.springframework.dao.TransientDataAccessResourceException: The database did not answer")) {
            return; // a slow disk; it is told to come again
        }
        var shown = "seed %d, %d bytes: %s%n%s".formatted(seed, request.length, text.substring(0, Math.min(1500, text.length())), answer);
        assertThat(answer.status()).as(shown).isBetween(200, 499);
        assertThat(answer.body()).as(shown).doesNotContainIgnoringCase("Exception", "\tat ", "at qboevents", "java.lang",
                "org.apache", "org.springframework", "jackson");
        assertThat(answer.headers()).as(shown).containsKey("Elements-Request-Id").doesNotContainKeys("Authorization", "X-Evil");
        if (ON_A_PAGE.matcher(text).find() && answer.headers().getOrDefault("Content-Type", "").startsWith("text/html")) {
            return; // a browser asks the console
        }
        assertThat(answer.body()).as(shown).doesNotContainIgnoringCase("<html");
        if (answer.status() >= 400 && !text.startsWith("HEAD")) {
            assertThat(answer.headers().get("Content-Type")).as(shown).startsWith("application/json");
            checkForm(answer, shown);
        }
    }

    private static void checkForm(RawAnswer answer, String shown) {
        try {
            var json = JSON.readTree(answer.body());
            assertThat(json.path("requestId").asText()).as(shown).isNotBlank().isEqualTo(answer.headers().get("Elements-Request-Id"));
            assertThat(json.path("message").asText()).as(shown).isNotBlank();
            assertThat(json.fieldNames()).toIterable().as(shown).isSubsetOf(MEMBERS);
        } catch (IOException e) {
            throw new AssertionError("Not JSON: " + shown, e);
        }
    }
}
