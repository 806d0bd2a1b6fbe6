// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.simulator.Change;
import qboevents.simulator.Reply;
import qboevents.testing.KafkaBroker;
import qboevents.testing.TestDatabase;

/** What an operator has handed to Kafka is a delivery like any other; only its last step is another. */
class KafkaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "a-key-that-both-sides-know";
    private static final String OFTEN = String.join(",", Collections.nCopies(100, "1s"));

    @TempDir
    static Path folder;

    private static KafkaBroker kafka;
    private static Scene scene;

    @BeforeAll
    static void start() {
        kafka = new KafkaBroker(folder);
        scene = scene("direct:kafka", "all-events");
    }

    @AfterAll
    static void stop() {
        scene.close();
        kafka.close();
    }

    private static Scene scene(String to, String topic) {
        return Scene.on(TestDatabase.H2, "events.delivery.to=" + to, "events.delivery.topic=" + topic,
                "events.delivery.retry=" + OFTEN, "camel.component.kafka.brokers=" + kafka.address());
    }

    /** No callback URL is needed, and what the instance would send there only is sent there only. */
    @Test
    void getsWhatAPostWouldCarryUnderTheKeyOfEachObject() {
        var company = connect(scene, Map.of("event.notification.callback.url", "", "event.notification.signature.key", KEY,
                "event.notification.basic.username", "user", "event.notification.basic.password", "password",
                "event.notification.batch.size", "10"));
        var made = company.books().create("Invoice", 3);
        company.poll();

        var records = read(company, 3);

        assertThat(records).extracting(ConsumerRecord::key).containsExactlyInAnyOrderElementsOf(
                made.stream().map(each -> company.id() + "/invoices/" + each.id()).toList());
        assertThat(records).extracting(KafkaTest::object)
                .containsExactlyInAnyOrderElementsOf(made.stream().map(each -> each.id() + "|0").toList());
        assertThat(records).allSatisfy(each -> {
            assertThat(header(each, "Content-Type")).isEqualTo("application/json");
            assertThat(header(each, "Elements-Webhook-Id")).isEqualTo(json(each).at("/message/eventId").asText());
            StandardWebhooksTest.library(KEY).verify(new String(each.value(), UTF_8), headers(each));
            assertThat(each.headers()).extracting(header -> header.key()).doesNotContain("Authorization", "kafka.KEY");
        });
    }

    @Test
    void isOneAttemptInTheLog() {
        var company = connect(scene, Map.of());
        company.books().create("Invoice");
        company.poll();
        var id = header(read(company, 1).get(0), "Elements-Webhook-Id");

        await().atMost(SOON).untilAsserted(() -> assertThat(event(id).path("status").asText()).isEqualTo("NOTIFIED"));
        assertThat(event(id).path("attempts")).singleElement().satisfies(each -> {
            assertThat(each.has("error") || each.has("statusCode")).isFalse();
            assertThat(each.path("answer").asText()).isEmpty();
        });
        assertThat(company.received()).isEmpty();

        scene.service().call("POST", "/instances/" + company.id() + "/events/" + id + "/redeliver", "");
        assertThat(read(company, 2)).extracting(each -> header(each, "Elements-Webhook-Id")).containsOnly(id);
    }

    @Test
    void getsEverythingInOrderAfterItWasDown() {
        var company = connect(scene, Map.of());
        var ids = company.books().create("Invoice", 5).stream().map(Change::id).toList();
        company.poll();
        read(company, 5);

        kafka.stop();
        ids.forEach(id -> company.books().update("Invoice", id));
        company.poll();
        await().atMost(SOON).until(() -> errors(company) > 0);
        ids.forEach(id -> company.books().update("Invoice", id));
        company.poll();
        kafka.start();

        var last = read(company, 15).stream().filter(each -> ids.contains(object(each).split("\\|")[0]))
                .collect(Collectors.groupingBy(ConsumerRecord::key, Collectors.mapping(KafkaTest::object, Collectors.toList())));
        assertThat(last).hasSize(5).allSatisfy((key, states) ->
                assertThat(states).isSorted().contains(states.get(0).replace("|0", "|1")).last().asString().endsWith("|2"));
    }

    @Test
    void isToldBesideTheCallbackAndAgainWithItUntilBothHaveTaken() {
        try (var both = scene("direct:kafka-and-post", "beside")) {
            both.receiver.answer(Reply.status(500), 1);
            var company = connect(both, Map.of());
            var quiet = connect(both, Map.of("event.notification.callback.url", ""));
            for (var each : List.of(company, quiet)) {
                each.books().create("Invoice");
                each.poll();
            }
            company.awaitAtLeastTold("invoices 1|0");

            var ids = read("beside", company, 2).stream().map(each -> header(each, "Elements-Webhook-Id")).toList();
            assertThat(ids).hasSize(2).containsOnly(ids.get(0));
            assertThat(company.received()).hasSize(2).extracting(each -> each.header("Elements-Webhook-Id").orElseThrow())
                    .containsOnly(ids.get(0));
            assertThat(read("beside", quiet, 1)).hasSize(1);
        }
    }

    private static Company connect(Scene scene, Map<String, String> configuration) {
        var keys = new HashMap<String, String>(configuration);
        keys.put("event.poller.start", "beginning");
        return scene.connect(keys, "invoices");
    }

    private static long errors(Company company) {
        return scene.service().bean(JdbcClient.class)
                .sql("select count(*) from attempt where error is not null and delivery_id in"
                        + " (select delivery_id from event where instance_id = :id)")
                .param("id", company.id()).query(Long.class).single();
    }

    private static JsonNode event(String id) {
        return scene.service().get("/instances/events/" + id).json();
    }

    private static List<ConsumerRecord<String, byte[]>> read(Company company, int atLeast) {
        return read("all-events", company, atLeast);
    }

    private static List<ConsumerRecord<String, byte[]>> read(String topic, Company company, int atLeast) {
        return of(company, kafka.read(topic, all -> of(company, all).size() >= atLeast));
    }

    private static List<ConsumerRecord<String, byte[]>> of(Company company, List<ConsumerRecord<String, byte[]>> all) {
        return all.stream().filter(each -> each.key().startsWith(company.id() + "/")).toList();
    }

    private static String object(ConsumerRecord<String, byte[]> record) {
        assertThat(json(record).at("/message/events")).hasSize(1);
        return json(record).at("/message/events/0/objectId").asText();
    }

    private static JsonNode json(ConsumerRecord<String, byte[]> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private static Map<String, List<String>> headers(ConsumerRecord<String, byte[]> record) {
        var all = new HashMap<String, List<String>>();
        record.headers().forEach(each -> all.put(each.key(), List.of(new String(each.value(), UTF_8))));
        return all;
    }
}
