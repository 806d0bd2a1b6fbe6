// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static qboevents.journey.Scene.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import qboevents.resource.Resource;
import qboevents.resource.Resources;
import qboevents.simulator.CallbackReceiver;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.simulator.Received;
import qboevents.simulator.ReceivedEvent;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** The main job, for every resource that the shipped routes offer. */
class EveryResourceTest {

    private static final String COMPANY = "9130350000000001";

    @OnEachDatabase
    void tellsEachChangeOfEachResourceOnceAndSigned(TestDatabase database) {
        var clock = MovableClock.running();
        try (var quickBooks = new QuickBooksSimulator(clock);
                var receiver = new CallbackReceiver("a-signature-key");
                var service = TestService.start(database.freshUrl(), clock, quickBooks)) {
            var resources = service.bean(Resources.class);
            var entities = resources.names().stream().map(name -> resources.named(name).orElseThrow()).toList();
            var books = quickBooks.ledger(COMPANY);
            entities.forEach(each -> books.create(each.entity())); // what was there before nobody asked for
            clock.advance(Duration.ofMinutes(1));
            var id = service.connect(quickBooks, COMPANY, receiver.url(), Map.of(
                    "event.notification.signature.key", "a-signature-key", "event.poller.refresh_interval", "15"));
            clock.advance(Duration.ofMinutes(16));
            awaitPolls(service, id, entities.size(), List.of());

            var opened = lastPolls(service, id);
            var created = entities.stream().collect(Collectors.toMap(Resource::name, each -> books.create(each.entity()).id()));
            letItPollAll(service, id, clock);
            var first = await(receiver, entities.size());
            awaitPolls(service, id, entities.size(), opened); // whose ends say when the next are due
            entities.forEach(each -> books.update(each.entity(), created.get(each.name())));
            letItPollAll(service, id, clock);
            var both = await(receiver, 2 * entities.size());
            var before = lastPolls(service, id);
            letItPollAll(service, id, clock);
            awaitPolls(service, id, entities.size(), before);

            assertThat(first).containsExactlyInAnyOrderElementsOf(expected(first, created, "0", "CREATED"));
            assertThat(both.subList(first.size(), both.size()))
                    .containsExactlyInAnyOrderElementsOf(expected(both, created, "1", "UPDATED"));
            assertThat(told(receiver)).hasSameSizeAs(both);
            assertThat(receiver.forged()).isZero();
            assertThat(receiver.received()).allSatisfy(EveryResourceTest::carriesItsRecords);
        }
    }

    /** What seldom changes would be polled once a day. */
    private static void letItPollAll(TestService service, long id, MovableClock clock) {
        clock.advance(Duration.ofMinutes(16));
        List.of("tax-codes", "tax-rates").forEach(each -> service.call("POST", "/instances/" + id + "/poll?resource=" + each, ""));
    }

    private static List<ReceivedEvent> await(CallbackReceiver receiver, int number) {
        receiver.await(SOON, each -> told(each).size() >= number);
        return told(receiver);
    }

    /** Moving the clock lets the lease on what is being sent run out: it is sent again, under the same id. */
    private static List<ReceivedEvent> told(CallbackReceiver receiver) {
        return receiver.events().stream().distinct().toList();
    }

    /** The ids of notifications are not ours to foretell. */
    private static List<ReceivedEvent> expected(
            List<ReceivedEvent> seen, Map<String, String> created, String syncToken, String type) {
        return created.entrySet().stream()
                .map(each -> {
                    var objectId = each.getValue() + "|" + syncToken;
                    var eventId = seen.stream()
                            .filter(event -> event.objectType().equals(each.getKey()) && event.objectId().equals(objectId))
                            .map(ReceivedEvent::eventId).findFirst().orElse("none");
                    return new ReceivedEvent(eventId, each.getKey(), objectId, type);
                })
                .toList();
    }

    private static void carriesItsRecords(Received received) {
        var message = received.json().get("message");
        var type = message.at("/raw/objectType").asText();
        var records = Stream.iterate(0, i -> i < message.get("events").size(), i -> i + 1)
                .map(i -> message.at("/raw/" + type + "/" + i)).toList();
        for (int i = 0; i < records.size(); i++) {
            assertThat(message.at("/events/" + i + "/objectId").asText())
                    .isEqualTo(records.get(i).get("Id").asText() + "|" + records.get(i).get("SyncToken").asText());
        }
        assertThat(received.header("Elements-Webhook-Id")).contains(message.get("eventId").asText());
    }

    /** Each resource has been polled since those times, and well. */
    static void awaitPolls(TestService service, long instanceId, int resources, List<String> before) {
        org.awaitility.Awaitility.await().atMost(SOON).untilAsserted(() -> {
            var now = records(service, instanceId);
            assertThat(now).hasSize(resources);
            assertThat(now.findValuesAsText("lastError")).allMatch("null"::equals);
            var after = now.findValuesAsText("lastPoll");
            assertThat(after).hasSize(resources).doesNotContain("null");
            assertThat(before).doesNotContainAnyElementsOf(after);
        });
    }

    static List<String> lastPolls(TestService service, long instanceId) {
        return records(service, instanceId).findValuesAsText("lastPoll");
    }

    private static JsonNode records(TestService service, long instanceId) {
        return service.get("/instances/" + instanceId + "/event-poller-records").json();
    }
}
