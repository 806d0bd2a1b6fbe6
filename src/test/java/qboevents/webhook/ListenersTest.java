// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import qboevents.event.Change;
import qboevents.event.Changes;
import qboevents.event.Operation;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.simulator.MovableClock;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** Two nodes on one database: what is changed through one holds for the other at once. */
class ListenersTest {

    private static final String INLET = "/elements/api-v2/events/quickbooks/";
    private static final AtomicInteger COMPANIES = new AtomicInteger();

    private static QuickBooksSimulator quickBooks;
    private static TestService node;
    private static TestService other;

    private final String realm = "realm-" + COMPANIES.incrementAndGet();

    @BeforeAll
    static void start() {
        quickBooks = new QuickBooksSimulator(MovableClock.running());
        var database = TestDatabase.POSTGRESQL.freshUrl();
        node = TestService.start(database, Clock.systemUTC(), quickBooks, "events.node=one");
        other = TestService.start(database, Clock.systemUTC(), quickBooks, "events.node=two");
    }

    @AfterAll
    static void stop() {
        other.close();
        node.close();
        quickBooks.close();
    }

    private long connect(Map<String, ?> configuration) {
        return node.connect(quickBooks, realm, "http://127.0.0.1:9/callback", configuration);
    }

    private Notice notice(String entity, String id, Operation operation) {
        return new Notice(realm, entity, id, operation, Instant.EPOCH, new byte[] {'{', '}'});
    }

    private Addressed address(String end, Notice... notices) {
        return other.bean(Listeners.class).address(List.of(notices), INLET + end);
    }

    private static String base64(long id) {
        return Base64.getEncoder().encodeToString(Long.toString(id).getBytes(UTF_8));
    }

    private static List<String> told(Addressed addressed) {
        return addressed.changes().stream().flatMap(changes -> changes.list().stream().map(change ->
                changes.instanceId() + " " + changes.resource() + " " + change.objectId())).toList();
    }

    @Test
    void putsWhatIsForOneInstanceAndResourceTogetherInItsOrder() {
        var id = connect(Map.of("event.vendor.type", "webhook"));

        var changes = address("", notice("invoice", "2", Operation.CREATED), notice("Bill", "1", Operation.VOIDED),
                notice("INVOICE", "1", Operation.UPDATED)).changes();

        assertThat(changes).extracting(Changes::resource).containsExactly("invoices", "bills");
        assertThat(changes).allMatch(each -> each.instanceId() == id && each.polledAt() == null && each.notificationSize() == 20);
        assertThat(changes.get(0).list()).extracting(Change::objectId).containsExactly("2", "1");
        assertThat(changes.get(0).list().get(0)).usingRecursiveComparison().isEqualTo(
                new Change("2", null, null, Instant.EPOCH, Operation.CREATED, new byte[] {'{', '}'}));
    }

    @Test
    void knowsTheOtherNameOfCurrencies() {
        var id = connect(Map.of("event.vendor.type", "webhooks"));

        assertThat(told(address("", notice("currency", "1", Operation.CREATED), notice("companycurrency", "2", Operation.CREATED))))
                .containsExactly(id + " currencies 1", id + " currencies 2");
    }

    @Test
    void tellsEveryInstanceOfTheCompanyThatListens() {
        var first = connect(Map.of("event.vendor.type", "webhook"));
        connect(Map.of("event.vendor.type", "polling"));
        connect(Map.of("event.vendor.type", "webhook", "event.notification.enabled", false));
        var second = connect(Map.of("event.vendor.type", "webhooks", "event.notification.batch.size", "3"));

        var addressed = address("", notice("invoice", "1", Operation.CREATED));

        assertThat(told(addressed)).containsExactlyInAnyOrder(first + " invoices 1", second + " invoices 1");
        assertThat(addressed.changes()).extracting(Changes::notificationSize).containsExactlyInAnyOrder(20, 3);
    }

    @Test
    void tellsOnlyTheInstanceInThePath() {
        connect(Map.of("event.vendor.type", "webhook"));
        var meant = connect(Map.of("event.vendor.type", "webhook"));
        var invoice = notice("invoice", "1", Operation.CREATED);
        var stranger = new Notice("another-company", "invoice", "1", Operation.CREATED, null, new byte[0]);

        assertThat(told(address(base64(meant), invoice, stranger))).containsExactly(meant + " invoices 1");
        assertThat(told(address(base64(999_999), invoice))).isEmpty();
    }

    @Test
    void leavesOutADeletedInstanceAndNotADisabledOne() {
        var deleted = connect(Map.of("event.vendor.type", "webhook"));
        var disabled = connect(Map.of("event.vendor.type", "webhook"));
        var invoice = notice("invoice", "1", Operation.CREATED);
        assertThat(told(address("", invoice))).hasSize(2);

        node.call("DELETE", "/instances/" + deleted, "");
        node.call("DELETE", "/instances/" + disabled + "/enabled", "");

        assertThat(told(address("", invoice))).containsExactly(disabled + " invoices 1");
        assertThat(told(address(base64(deleted), invoice))).isEmpty();
    }

    @Test
    void hearsAtOnceOfAChangeOnAnotherNode() {
        var id = connect(Map.of("event.vendor.type", "polling"));
        var invoice = notice("invoice", "1", Operation.CREATED);
        assertThat(told(address("", invoice))).isEmpty();

        node.call("PATCH", "/instances/" + id, "{\"configuration\":{\"event.vendor.type\":\"webhook\"}}");
        assertThat(told(address("", invoice))).hasSize(1);

        node.call("PATCH", "/instances/" + id, "{\"configuration\":{\"event.vendor.type\":\"polling\"}}");
        assertThat(told(address("", invoice))).isEmpty();
    }

    @Test
    void hasTheRecordReadWhereItIsPolledTooOrWantedButNotOfWhatIsDeleted() {
        var hybrid = connect(Map.of("event.vendor.type", "hybrid"));
        var bare = connect(Map.of("event.vendor.type", "hybrid", "event.webhook.hydrate", false));
        var hydrated = connect(Map.of("event.vendor.type", "webhook", "event.webhook.hydrate", true));

        var addressed = address("", notice("invoice", "1", Operation.MERGED), notice("invoice", "2", Operation.DELETED));

        assertThat(addressed.unread()).extracting(Unread::instanceId).containsExactlyInAnyOrder(hybrid, bare, hydrated);
        assertThat(addressed.unread()).allMatch(each -> each.notice().objectId().equals("1")
                && each.resource().name().equals("invoices"));
        assertThat(told(addressed)).containsExactlyInAnyOrder(
                hybrid + " invoices 2", bare + " invoices 2", hydrated + " invoices 2");
    }

    @Test
    void countsWhatIsForNobody() {
        var before = other.bean(WebhookCounts.class).view();

        address("", notice("invoice", "1", Operation.CREATED), notice("quantum-invoice", "1", Operation.CREATED));
        connect(Map.of("event.vendor.type", "webhook"));
        address(base64(1), notice("invoice", "1", Operation.CREATED));

        var after = other.bean(WebhookCounts.class).view();
        assertThat((long) after.get("unknownCompany") - (long) before.get("unknownCompany")).isEqualTo(2);
        assertThat((long) after.get("unknownEntity") - (long) before.get("unknownEntity")).isEqualTo(1);
    }
}
