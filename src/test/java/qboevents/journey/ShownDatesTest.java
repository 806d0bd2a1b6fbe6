// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import qboevents.simulator.Reply;
import qboevents.testing.ApiClient;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** Lists show dates to the second: whoever asks with such a date is answered as if they were kept like that. */
class ShownDatesTest {

    private static final String DELIVERIES = "/notifications/subscriptions/deliveries";

    @OnEachDatabase
    void findsWhatIsShownWithADateByThatDate(TestDatabase database) {
        try (var scene = Scene.on(database, "events.delivery.retry=1h")) {
            var company = scene.connect(Map.of("event.poller.start", "beginning"), "invoices");
            var api = ApiClient.platform(scene.service());
            var events = "/instances/" + company.id() + "/events";
            scene.receiver.answer(Reply.status(500));
            for (int each = 1; each <= 3; each++) {
                company.books().create("Invoice");
                company.poll();
                int told = each;
                await().atMost(SOON).until(() -> api.get(DELIVERIES).json().size() == told);
                scene.clock.advance(Duration.ofSeconds(2));
            }

            assertAgrees(api, events, "eventDate", "date");
            assertAgrees(api, DELIVERIES, "createdDate", "createdDate");
            assertThat(api.get(events + "?where=date!='now'").message()).contains("date!='now' is not possible");
            assertThat(api.get(DELIVERIES + "?where=createdDate='now'").message()).contains("createdDate='now' is not possible");
        }
    }

    /** Of three, by the date of the second. */
    private static void assertAgrees(ApiClient api, String list, String member, String name) {
        var dates = api.get(list).json().findValuesAsText(member).stream().sorted().toList();
        var second = dates.get(1);
        var expected = new LinkedHashMap<String, List<String>>();
        expected.put("<=", dates.subList(0, 2));
        expected.put(">", dates.subList(2, 3));
        expected.put("=", dates.subList(1, 2));
        expected.put("!=", List.of(dates.get(0), dates.get(2)));
        expected.put("<", dates.subList(0, 1));
        expected.put(">=", dates.subList(1, 3));

        expected.forEach((operator, found) -> {
            for (var written : List.of(second, second.replace("Z", ".000Z"), second.replace("Z", "+00:00"))) {
                var where = name + operator + "'" + written + "'";
                var answer = api.get(list + "?where=" + where);
                assertThat(answer.status()).as(where + ": " + answer.text()).isEqualTo(200);
                assertThat(answer.json().findValuesAsText(member)).as(where).containsExactlyInAnyOrderElementsOf(found);
                assertThat(answer.header("Elements-Total-Count")).as(where).hasValue(String.valueOf(found.size()));
            }
        });
        var end = Instant.parse(second).plusMillis(999).plusNanos(999_000);
        var where = list + "?where=" + name;
        assertThat(api.get(where + "<='" + end + "'").json()).as("a fraction is compared as it is written").hasSize(2);
        assertThat(api.get(where + ">'" + end + "'").json()).hasSize(1);
        assertThat(api.get(where + "='" + end + "'").json()).isEmpty();
        assertThat(api.get(where + "!='" + end + "'").json()).hasSize(3);
    }
}
