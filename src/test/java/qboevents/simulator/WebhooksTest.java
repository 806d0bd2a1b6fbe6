// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static qboevents.simulator.WebhookScene.NOW;
import static qboevents.simulator.WebhookScene.SOON;
import static qboevents.simulator.WebhookScene.TOKEN;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksTest {

    private final WebhookScene scene = new WebhookScene();
    private final Webhooks webhooks = scene.webhooks;
    private final Ledger books = scene.books;
    private final CallbackReceiver endpoint = scene.endpoint;

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void tellsEveryKindOfChange() {
        books.create("Customer", 2);
        books.update("Customer", "1");
        books.deactivate("Customer", "1");
        books.merge("Customer", "2", "1");
        books.create("Invoice");
        books.pay("1");
        books.email("Invoice", "1");
        books.voidIt("Invoice", "1");
        books.delete("Invoice", "1");

        assertThat(scene.told()).extracting(WebhookScene::word).containsExactly(
                "qbo.customer.created.v1 1", "qbo.customer.created.v1 2", "qbo.customer.updated.v1 1",
                "qbo.customer.updated.v1 1", "qbo.customer.merged.v1 2", "qbo.invoice.created.v1 1",
                "qbo.invoice.updated.v1 1", "qbo.invoice.emailed.v1 1", "qbo.invoice.void.v1 1",
                "qbo.invoice.deleted.v1 1");
    }

    @ParameterizedTest
    @MethodSource("entities")
    void tellsOfEveryEntityThatHasWebhooks(String entity) {
        books.create(entity);
        books.update(entity, books.changes().get(0).id());

        var type = "qbo." + entity.toLowerCase(Locale.ROOT);
        assertThat(scene.told()).extracting(event -> event.path("type").asText())
                .containsExactly(type + ".created.v1", type + ".updated.v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TaxCode", "TaxRate"})
    void keepsSilentAboutTaxes(String entity) {
        books.create(entity);
        books.create("Vendor");

        assertThat(scene.told()).extracting(WebhookScene::word).containsExactly("qbo.vendor.created.v1 1");
    }

    @Test
    void writesCloudEventsAsIntuitDoes() {
        books.create("CompanyCurrency");

        var event = scene.told().get(0);
        assertThat(UUID.fromString(event.path("id").asText())).hasToString(event.path("id").asText());
        assertThat(endpoint.received().get(0).text()).isEqualTo("[{\"specversion\":\"1.0\",\"id\":\""
                + event.path("id").asText() + "\",\"source\":\"" + event.path("source").asText()
                + "\",\"type\":\"qbo.companycurrency.created.v1\",\"datacontenttype\":\"application/json\",\"time\":\""
                + event.path("time").asText()
                + "\",\"intuitentityid\":\"1\",\"intuitaccountid\":\"42\",\"data\":{}}]");
        assertThat(event.path("source").asText()).startsWith("intuit.");
    }

    @Test
    void givesEveryChangeItsOwnTimeAndId() {
        books.create("Invoice", 20);
        books.createLate("Bill", Duration.ofMinutes(4));

        var told = scene.told();
        assertThat(told).extracting(event -> event.path("id").asText()).doesNotHaveDuplicates();
        assertThat(told).extracting(WebhooksTest::time).allMatch(time -> time.matches(".*:\\d\\d\\.\\d{3,9}Z"));
        assertThat(told).extracting(event -> time(event).length()).contains(24, 30);
        assertThat(told.subList(0, 20)).extracting(event -> Instant.parse(time(event))).isSorted()
                .doesNotHaveDuplicates().allMatch(time -> time.getEpochSecond() == NOW.getEpochSecond());
        assertThat(time(told.get(20))).startsWith("2026-03-15T20:03:36.");
    }

    @Test
    void namesTheLoserOfAMerge() {
        books.create("Vendor", 2);
        books.merge("Vendor", "1", "2");

        assertThat(scene.told().get(2).path("data")).hasToString("{\"deletedid\":\"2\"}");
    }

    @Test
    void writesTheLegacyFormWithOneElementForEachCompany() {
        webhooks.form(WebhookForm.LEGACY).send(List.of(
                WebhookEvent.of("42", "Account", "1", "created", NOW),
                WebhookEvent.of("7", "Invoice", "2", "void", NOW),
                WebhookEvent.of("42", "Vendor", "3", "merged", NOW).merging("4"))).awaitIdle(SOON);

        var post = endpoint.received().get(0);
        assertThat(post.text()).isEqualTo("""
                {"eventNotifications":[\
                {"realmId":"42","dataChangeEvent":{"entities":[\
                {"name":"Account","id":"1","operation":"Create","lastUpdated":"2026-03-15T20:07:36.900Z"},\
                {"name":"Vendor","id":"3","operation":"Merge","lastUpdated":"2026-03-15T20:07:36.900Z","deletedId":"4"}]}},\
                {"realmId":"7","dataChangeEvent":{"entities":[\
                {"name":"Invoice","id":"2","operation":"Void","lastUpdated":"2026-03-15T20:07:36.900Z"}]}}]}""");
        assertThat(post.header("content-type")).hasValue("application/json; charset=utf-8");
    }

    @Test
    void hasAnOperationForEveryWord() {
        var words = Stream.of("created", "updated", "deleted", "merged", "emailed", "void", "odd");
        webhooks.form(WebhookForm.LEGACY)
                .send(words.map(word -> WebhookEvent.of("42", "Invoice", "1", word, NOW)).toList())
                .awaitIdle(SOON);

        assertThat(scene.posts().get(0).findValuesAsText("operation"))
                .containsExactly("Create", "Update", "Delete", "Merge", "Emailed", "Void", "odd");
    }

    @Test
    void sendsIntuitsHeaders() {
        books.create("Invoice");
        scene.told();

        var post = endpoint.received().get(0);
        assertThat(WebhookScene.isSigned(post)).isTrue();
        assertThat(post.header("intuit-created-time")).hasValue("2026-03-15T20:07:36.900Z");
        assertThat(post.header("intuit-t-id")).isNotEmpty();
        assertThat(post.header("intuit-notification-schema-version")).hasValue("0.1");
        assertThat(post.header("user-agent")).hasValue("intuit_notification_server/0.1");
        assertThat(post.header("content-type")).hasValue("application/cloudevents+json");
    }

    @Test
    void agreesWithThePublishedVector() {
        webhooks.sendNow("""
                {"eventNotifications":[{"realmId":"1185883450","dataChangeEvent":{"entities":[\
                {"name":"Customer","id":"1","operation":"Create","lastUpdated":"2015-10-05T14:42:19-0700"}]}}]}"""
                .getBytes(UTF_8));

        assertThat(endpoint.received().get(0).header("intuit-signature"))
                .hasValue("JC2GUwciPmRBwEO7WvrRmKqu9tGOKL8FFallocTFi8Q=");
    }

    @Test
    void sendsAnyContentType() {
        webhooks.contentType("text/plain").send(List.of(WebhookEvent.of("42", "Bill", "1", "created", NOW)));
        webhooks.awaitIdle(SOON);

        assertThat(endpoint.received().get(0).header("content-type")).hasValue("text/plain");
    }

    @Test
    void bundlesWhatHappensWithinAMoment() {
        webhooks.window(Duration.ofSeconds(1));
        for (var i = 0; i < 30; i++) {
            books.create("Invoice");
            scene.quickBooks.ledger("7").create("Bill");
        }

        assertThat(scene.told()).hasSize(60).extracting(event -> event.path("intuitaccountid").asText())
                .startsWith("42", "7", "42");
        assertThat(scene.posts()).hasSize(1);
    }

    @Test
    void putsNoMoreThanAHundredEventsIntoOnePost() {
        webhooks.window(Duration.ofSeconds(1));
        books.create("Invoice", 250);

        assertThat(scene.told()).extracting(event -> event.path("intuitentityid").asText())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 250).mapToObj(String::valueOf).toList());
        assertThat(scene.posts()).extracting(JsonNode::size).containsExactly(100, 100, 50);
    }

    @Test
    void tellsNobodyBeforeASubscription() {
        try (var other = new QuickBooksSimulator(scene.clock)) {
            other.ledger("42").create("Invoice");
            other.webhooks().subscribe(endpoint.url(), TOKEN);
            other.ledger("42").create("Bill");
            other.webhooks().awaitIdle(SOON);
        }

        assertThat(scene.told()).extracting(WebhookScene::word).containsExactly("qbo.bill.created.v1 1");
    }

    @Test
    void sendsWhatIsMadeByHand() {
        var odd = WebhookEvent.of("99", "Rocket", "x-1", "launched", NOW).withId("7f-Rocket-x-1");
        endpoint.answer(Reply.status(401), 1);

        assertThat(webhooks.sendNow(List.of(odd))).isEqualTo(401);
        assertThat(webhooks.sendNow(List.of(odd, odd))).isEqualTo(200);
        assertThat(webhooks.sendNow("not JSON".getBytes(UTF_8))).isEqualTo(200);

        assertThat(endpoint.received()).hasSize(3).allMatch(WebhookScene::isSigned);
        assertThat(endpoint.received().get(2).text()).isEqualTo("not JSON");
        assertThat(endpoint.received().get(1).json()).extracting(WebhookScene::word)
                .containsExactly("qbo.rocket.launched.v1 x-1", "qbo.rocket.launched.v1 x-1");
        assertThat(webhooks.posts()).isEqualTo(3);
        assertThat(webhooks.acknowledged()).isEqualTo(2);
        assertThat(webhooks.refused()).isEqualTo(Map.of(401, 1L));
    }

    @Test
    void retriesOnIntuitsSchedule() {
        assertThat(IntStream.rangeClosed(1, 10).mapToObj(WebhookRetries::after)).containsExactly(
                Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofMinutes(5),
                Duration.ofMinutes(20), Duration.ofHours(2), Duration.ofHours(4), Duration.ofHours(6),
                Duration.ofHours(6), Duration.ofHours(6));
    }

    @Test
    void retriesInCompressedTimeUntilItIsAcknowledged() {
        webhooks.compression(100);
        endpoint.answer(Reply.status(503), 3);
        books.create("Invoice");

        assertThat(scene.told()).hasSize(4);
        var posts = endpoint.received();
        assertThat(posts).extracting(Received::text).containsOnly(posts.get(0).text());
        assertThat(pauses(posts)).satisfiesExactly(
                first -> assertThat(first).isBetween(Duration.ofMillis(95), Duration.ofMillis(9000)),
                second -> assertThat(second).isBetween(Duration.ofMillis(195), Duration.ofMillis(9000)),
                third -> assertThat(third).isBetween(Duration.ofMillis(295), Duration.ofMillis(9000)));
        assertThat(webhooks.refused()).isEqualTo(Map.of(503, 3L));
        assertThat(webhooks.acknowledged()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 204, 302, 401, 500})
    void takesNothingBut200ForAnAcknowledgement(int status) {
        endpoint.answer(Reply.status(status).with("Location", endpoint.url()), 1);
        books.create("Invoice");

        assertThat(scene.told()).hasSize(2);
        assertThat(webhooks.refused()).isEqualTo(Map.of(status, 1L));
    }

    @Test
    void holdsEverythingBackUntilTheFailedPostIsAcknowledged() {
        endpoint.answer(Reply.status(503));
        books.create("Invoice");
        endpoint.await(SOON, receiver -> receiver.count() >= 1);
        books.create("Bill");
        webhooks.send(List.of(WebhookEvent.of("7", "Vendor", "1", "created", NOW)));
        endpoint.await(SOON, receiver -> receiver.count() >= 5);

        assertThat(scene.posts())
                .allMatch(post -> post.findValuesAsText("type").equals(List.of("qbo.invoice.created.v1")));
        assertThatThrownBy(() -> webhooks.awaitIdle(Duration.ofMillis(1))).hasMessageContaining("3 events are not");

        endpoint.forget();
        endpoint.answerOk();
        assertThat(scene.told()).extracting(WebhookScene::word)
                .startsWith("qbo.invoice.created.v1 1").contains("qbo.bill.created.v1 1", "qbo.vendor.created.v1 1");
    }

    @Test
    void retriesNoSoonerBecauseMoreHappens() {
        webhooks.compression(10);
        endpoint.answer(Reply.status(503), 1);
        books.create("Invoice");
        endpoint.await(SOON, receiver -> receiver.count() >= 1);
        webhooks.send(List.of(WebhookEvent.of("42", "Bill", "1", "created", NOW)));

        assertThat(scene.told()).hasSize(3);
        assertThat(pauses(endpoint.received()).get(0)).isGreaterThan(Duration.ofMillis(950));
    }

    @Test
    void countsALateAnswerAsAFailure() {
        webhooks.patience(Duration.ofMillis(200));
        endpoint.answer(Reply.ok().after(Duration.ofSeconds(2)), 1);
        books.create("Invoice");

        var told = scene.told();
        assertThat(told).hasSize(2).containsOnly(told.get(0));
        assertThat(webhooks.refused()).isEqualTo(Map.of(0, 1L));
    }

    @Test
    void waitsForAnEndpointThatIsNotThere() {
        var port = endpoint.port();
        endpoint.close();
        books.create("Invoice");
        await().atMost(SOON).until(() -> webhooks.refused().containsKey(0));

        try (var back = new CallbackReceiver("127.0.0.1", port, Optional.empty())) {
            webhooks.awaitIdle(SOON);
            assertThat(back.count()).isEqualTo(1);
        }
    }

    @Test
    void retriesAtTheNewEndpoint() {
        endpoint.answer(Reply.status(401));
        books.create("Invoice");
        endpoint.await(SOON, receiver -> receiver.count() >= 1);

        try (var other = new CallbackReceiver()) {
            webhooks.subscribe(other.url(), TOKEN).awaitIdle(SOON);
            assertThat(other.received()).hasSize(1).allMatch(WebhookScene::isSigned);
        }
    }

    @Test
    void leavesNoThreadBehind() {
        var before = threads();
        var other = new QuickBooksSimulator(scene.clock);
        other.webhooks().subscribe(endpoint.url(), TOKEN);
        endpoint.answer(Reply.hang());
        other.ledger("42").create("Invoice");
        endpoint.await(SOON, receiver -> receiver.count() >= 1);
        var own = threads();
        own.removeAll(before);
        assertThat(own).isNotEmpty().allMatch(Thread::isDaemon);

        other.close();
        other.ledger("42").create("Invoice");

        await().atMost(SOON).until(() -> own.stream().noneMatch(Thread::isAlive));
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("simulator-webhooks")).toList());
    }

    private static List<Duration> pauses(List<Received> posts) {
        var pauses = new ArrayList<Duration>();
        for (var i = 1; i < posts.size(); i++) {
            pauses.add(Duration.between(posts.get(i - 1).at(), posts.get(i).at()));
        }
        return pauses;
    }

    private static String time(JsonNode event) {
        return event.path("time").asText();
    }

    private static Stream<String> entities() {
        return Entity.all().stream().filter(Entity::hasWebhooks).map(Entity::name);
    }
}
