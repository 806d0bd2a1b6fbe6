// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static qboevents.simulator.WebhookScene.NOW;
import static qboevents.simulator.WebhookScene.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookMoodsTest {

    private final WebhookScene scene = new WebhookScene();
    private final Webhooks webhooks = scene.webhooks;
    private final WebhookMoods moods = webhooks.moods();
    private final Ledger books = scene.books;
    private final CallbackReceiver endpoint = scene.endpoint;

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void repeatsEveryPostWithTheSameIds() {
        moods.repeating(2);
        webhooks.send(handmade("1")).send(handmade("2")).awaitIdle(SOON);

        var bodies = endpoint.received().stream().map(Received::text).toList();
        assertThat(bodies).hasSize(6);
        assertThat(count(bodies)).hasSize(2).allSatisfy((body, times) -> assertThat(times).isEqualTo(3));
        assertThat(endpoint.received()).allMatch(WebhookScene::isSigned);
        assertThat(webhooks.acknowledged()).isEqualTo(6);
    }

    @Test
    void repeatsNothingAnyMoreWhenCalm() {
        moods.repeating(1).calm();
        books.create("Invoice");

        assertThat(scene.told()).hasSize(1);
    }

    @Test
    void mixesUpTheOrderWithinAPostAndOverPosts() {
        moods.reordering(true);
        webhooks.atMost(20).window(Duration.ofMillis(200));
        var changes = books.create("Invoice", 200);

        var told = scene.told().stream().map(WebhookMoodsTest::id).toList();
        assertThat(told).containsExactlyInAnyOrderElementsOf(changes.stream().map(Change::id).toList());
        var first = scene.posts().get(0);
        assertThat(first.findValuesAsText("intuitentityid").stream().map(Integer::valueOf).toList())
                .isNotEqualTo(first.findValuesAsText("intuitentityid").stream().map(Integer::valueOf).sorted().toList())
                .anyMatch(id -> id > 20);
    }

    @Test
    void bringsEventsLate() {
        moods.delaying(Duration.ofMillis(300), Duration.ofMillis(600));
        var before = Instant.now();
        books.create("Invoice", 3);

        assertThat(scene.told()).hasSize(3);
        assertThat(endpoint.received()).allMatch(post -> !post.at().isBefore(before.plusMillis(300)));
    }

    @Test
    void losesWhatItIsToldToLose() {
        moods.losing(event -> event.entity().equals("Invoice") && event.objectId().equals("2"));
        books.create("Invoice", 3);

        assertThat(scene.told()).extracting(WebhookMoodsTest::id).containsExactly("1", "3");
        assertThat(webhooks.lost()).isEqualTo(1);
    }

    @Test
    void signsWithAnotherTokenUntilToldOtherwise() {
        endpoint.answer(post -> WebhookScene.isSigned(post) ? Reply.ok() : Reply.status(401));
        moods.wrongSignature(true);
        assertThat(webhooks.sendNow(handmade("1"))).isEqualTo(401);
        books.create("Invoice");
        endpoint.await(SOON, receiver -> receiver.count() >= 4);
        assertThat(webhooks.acknowledged()).isZero();

        moods.wrongSignature(false);
        webhooks.awaitIdle(SOON);
        assertThat(webhooks.acknowledged()).isEqualTo(1);
    }

    @Test
    void spellsAsOthersExpect() {
        moods.voided(true).deletedIdInCamelCase(true);
        books.create("Invoice");
        books.voidIt("Invoice", "1");
        books.create("Item", 2);
        books.merge("Item", "1", "2");

        var told = scene.told();
        assertThat(told).extracting(WebhookScene::word).contains("qbo.invoice.voided.v1 1").hasSize(5);
        assertThat(told.get(4).path("data")).hasToString("{\"deletedId\":\"2\"}");
    }

    @Test
    void writesWordsInUpperCase() {
        moods.upperCaseWords(true);
        books.create("Invoice");
        books.voidIt("Invoice", "1");

        assertThat(scene.told()).extracting(WebhookScene::word)
                .containsExactly("qbo.invoice.CREATED.v1 1", "qbo.invoice.VOID.v1 1");
    }

    @Test
    void spellsTheLegacyFormTheSameWay() {
        moods.voided(true).upperCaseWords(true);
        webhooks.form(WebhookForm.LEGACY).send(List.of(WebhookEvent.of("42", "Invoice", "1", "void", NOW)));
        webhooks.awaitIdle(SOON);

        assertThat(scene.posts().get(0).findValuesAsText("operation")).containsExactly("VOIDED");
    }

    private static List<WebhookEvent> handmade(String id) {
        return List.of(WebhookEvent.of("42", "Invoice", id, "created", NOW));
    }

    private static Map<String, Long> count(List<String> bodies) {
        return bodies.stream().collect(Collectors.groupingBy(body -> body, Collectors.counting()));
    }

    private static String id(JsonNode event) {
        return event.path("intuitentityid").asText();
    }
}
