// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import qboevents.simulator.Change;
import qboevents.simulator.Ledger;
import qboevents.simulator.Received;
import qboevents.simulator.ReceivedEvent;

/** A connected company: its books, its polls, and what its receiver was told. */
record Company(Scene scene, String realm, long id) {

    Ledger books() {
        return scene.quickBooks.ledger(realm);
    }

    /** Polls every resource and returns when all have ended, well or not. */
    Company poll() {
        return poll("");
    }

    Company poll(String resource) {
        awaitEnd(ask(resource), resource);
        return this;
    }

    /** Until the poll that was asked for then has ended. */
    void awaitEnd(Instant asked, String resource) {
        await().atMost(SOON).untilAsserted(() -> assertThat(records())
                .filteredOn(each -> resource.isEmpty() || each.resource().equals(resource))
                .isNotEmpty()
                .allMatch(each -> each.hasEnded(asked)));
    }

    /** Polls soon; the answer does not wait for it. */
    Instant ask(String resource) {
        var query = resource.isEmpty() ? "" : "?resource=" + resource;
        var answer = scene.service().call("POST", "/instances/" + id + "/poll" + query, "");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return scene.serviceClock().instant();
    }

    List<PollerRecord> records() {
        var answer = scene.service().get("/instances/" + id + "/event-poller-records").json();
        return StreamSupport.stream(answer.spliterator(), false).map(PollerRecord::of).toList();
    }

    PollerRecord pollerRecord(String resource) {
        return records().stream().filter(each -> each.resource().equals(resource)).findFirst().orElseThrow();
    }

    List<Received> received() {
        return scene.receiver.received().stream().filter(each -> each.path().endsWith("/" + realm)).toList();
    }

    /** What the receiver was told, each as {@code invoices 7|0}. */
    List<String> told() {
        return received().stream().flatMap(each -> each.events().stream()).map(Company::word).toList();
    }

    List<String> told(String resource) {
        return told().stream().filter(each -> each.startsWith(resource + " ")).toList();
    }

    /** Returns when the receiver has been told all of it, and fails when it was told anything else or anything twice. */
    void awaitTold(List<String> expected) {
        await().atMost(SOON).untilAsserted(() -> assertThat(told()).hasSizeGreaterThanOrEqualTo(expected.size()));
        assertThat(told()).containsExactlyInAnyOrderElementsOf(expected);
    }

    void awaitTold(String... expected) {
        awaitTold(List.of(expected));
    }

    void awaitAtLeastTold(String... expected) {
        await().atMost(SOON).untilAsserted(() -> assertThat(told()).contains(expected));
    }

    private static String word(ReceivedEvent event) {
        return event.objectType() + " " + event.objectId();
    }

    static String word(String resource, Change change) {
        return resource + " " + change.id() + "|" + change.syncToken();
    }

    static List<String> words(String resource, List<Change> changes) {
        return changes.stream().map(each -> word(resource, each)).toList();
    }
}
