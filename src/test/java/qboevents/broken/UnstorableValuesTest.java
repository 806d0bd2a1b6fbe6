// SPDX-License-Identifier: Apache-2.0
package qboevents.broken;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.testing.ApiClient;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** Values that one database takes and the other does not are refused by both, before either is asked. */
class UnstorableValuesTest {

    private static final String LATE = "+294277-01-01T00:00:00Z";

    @OnEachDatabase
    void areRefusedByName(TestDatabase database) {
        try (var quickBooks = new QuickBooksSimulator(MovableClock.running());
                var service = TestService.start(database.freshUrl(), Clock.systemUTC(), quickBooks)) {
            var instance = "/instances/" + service.connect(quickBooks, "4620816365", "http://127.0.0.1:9/none", Map.of());
            var token = Base64.getUrlEncoder().encodeToString("+999999999-11-30T08:53:18Z/1".getBytes(UTF_8));
            var late = URLEncoder.encode(LATE, UTF_8);
            var api = ApiClient.platform(service);

            assertThat(List.of(
                    instance + "/events?where=objectId='%00'",
                    instance + "/events?where=resource='a%00'",
                    instance + "/events?where=date<'" + late + "'",
                    instance + "/events?nextPageToken=" + token,
                    instance + "/events/analytics?from=" + late + "&to=" + late.replace("01-01", "01-02") + "&interval=hour"))
                    .allSatisfy(path -> {
                        var answer = api.get(path.replace("<", "%3C"));
                        assertThat(answer.status()).as(path).isEqualTo(400);
                        assertThat(answer.json().get("message").asText()).isNotBlank();
                    });
            var patched = api.send("PATCH", instance, "{\"configuration\":{\"event.poller.start\":\"" + LATE + "\"}}");
            assertThat(patched.status()).isEqualTo(400);
            assertThat(patched.json().get("message").asText()).contains("event.poller.start");
            assertThat(api.send("PATCH", instance, "{\"name\":[\"a\"]}").json().get("message").asText()).contains("name must be a text");
        }
    }
}
