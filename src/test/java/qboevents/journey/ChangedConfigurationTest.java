// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.simulator.CallbackReceiver;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** What a PATCH does to polling. */
class ChangedConfigurationTest {

    private static final String COMPANY = "7";

    private static JsonNode records(TestService service, long id) {
        return service.get("/instances/" + id + "/event-poller-records").json();
    }

    private static void patch(TestService service, long id, String key, String value) {
        var answer = service.call("PATCH", "/instances/" + id, "{\"configuration\":{\"" + key + "\":\"" + value + "\"}}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @OnEachDatabase
    void followsWhatIsPolledAndHowOften(TestDatabase database) {
        var clock = MovableClock.running();
        try (var quickBooks = new QuickBooksSimulator(clock);
                var receiver = new CallbackReceiver();
                var service = TestService.start(database.freshUrl(), clock, quickBooks)) {
            var id = service.connect(quickBooks, COMPANY, receiver.url(), Map.of(
                    "event.poller.urls", "bills,invoices,vendors", "event.poller.refresh_interval", "600",
                    "event.poller.strategy", "query"));
            assertThat(records(service, id).findValuesAsText("resource")).containsExactly("bills", "invoices", "vendors");

            patch(service, id, "event.poller.urls", "vendors,customers");
            assertThat(records(service, id).findValuesAsText("resource")).containsExactly("customers", "vendors");

            patch(service, id, "event.poller.refresh_interval", "10");
            var due = records(service, id).findValuesAsText("nextPoll").stream().map(Instant::parse).toList();
            assertThat(due).allMatch(time -> time.isBefore(clock.instant().plus(Duration.ofMinutes(10))));
            assertThat(due).as("not all at once").doesNotHaveDuplicates();

            service.bean(JdbcClient.class).sql("update poll_cursor set paused_at = due_at").update();
            assertThat(records(service, id).findValuesAsText("paused")).containsOnly("true");
            patch(service, id, "event.poller.refresh_interval", "10");
            assertThat(records(service, id).findValuesAsText("paused")).as("saving resumes").containsOnly("false");

            patch(service, id, "event.notification.enabled", "false");
            assertThat(records(service, id)).isEmpty();
            patch(service, id, "event.notification.enabled", "true");
            assertThat(records(service, id).findValuesAsText("resource")).containsExactly("customers", "vendors");
        }
    }
}
