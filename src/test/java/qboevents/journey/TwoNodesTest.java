// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;
import static qboevents.testing.NewResource.DEPOSITS;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.resource.ResourcesElsewhere;
import qboevents.simulator.Reply;
import qboevents.testing.ApiClient;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** Two nodes of which one owns the lane, and one has a resource that the other does not know. */
class TwoNodesTest {

    private static final Map<String, String> LISTENING = Map.of("event.vendor.type", "webhook");
    private static final String URL = TestDatabase.POSTGRESQL.freshUrl();
    private static final Scene SCENE =
            Scene.onDatabase(URL, "events.node=first", "events.routes.folder=" + withDeposits(), Webhook.SETTING);
    private static final TestService SECOND =
            TestService.start(URL, SCENE.clock, SCENE.quickBooks, "events.node=second", Webhook.SETTING);

    private static Path withDeposits() {
        try {
            var folder = Files.createTempDirectory("routes-");
            new ConfigMap(folder).with("deposits.camel.yaml", DEPOSITS).apply();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() {
        SECOND.close();
        SCENE.close();
    }

    private static void tell(Company company, TestService node, int invoice) {
        var event = Webhook.event(company.realm(), "invoice.created", "" + invoice, "2026-09-10T21:31:25.179Z");
        assertThat(Webhook.of(event).postTo(node)).isEqualTo(200);
    }

    /** Its owner alone would look in five seconds, or in one of them by chance, but not three times. */
    @Test
    void sendsAtOnceWhatAnotherNodeHasKept() {
        var company = SCENE.connect(LISTENING);
        tell(company, SCENE.service(), 1);
        company.awaitTold("invoices 1");
        for (int invoice = 2; invoice <= 4; invoice++) {
            var asked = Instant.now();
            tell(company, SECOND, invoice);
            int told = invoice;
            await().pollInterval(Duration.ofMillis(5)).atMost(SOON).until(() -> company.told().size() == told);
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofMillis(900));
        }
        assertThat(owner(company)).isEqualTo("first");
    }

    @Test
    void writesNothingDownOfALaneThatAnotherNodeHasTakenOver() {
        var company = SCENE.connect(LISTENING);
        SCENE.receiver.answer(Reply.hang());
        tell(company, SCENE.service(), 1);
        await().atMost(SOON).until(() -> company.received().size() == 1);

        sql("update lane set owner = 'third', leased_until = :until where instance_id = :id", company);
        SCENE.receiver.answerOk(); // which ends the connection that hangs: this try has failed

        await().atMost(SOON).until(() -> count("select count(*) from attempt", company) > 0);
        assertThat(count("select count(*) from delivery where status = 'due' and attempts = 0 and instance_id = :id", company)).isOne();
        assertThat(company.received()).hasSize(1);
    }

    /** Nor before its owner has been told of it. */
    @Test
    void sendsNothingBeforeWhatAnotherNodeHasKeptOfTheSameObject() {
        var company = SCENE.connect(LISTENING);
        tell(company, SCENE.service(), 1);
        company.awaitTold("invoices 1");
        int objects = 60;
        for (int invoice = 2; invoice <= objects; invoice++) {
            tell(company, SECOND, invoice);
            var later = Webhook.event(company.realm(), "invoice.updated", "" + invoice, "2026-09-10T21:31:26.179Z");
            assertThat(Webhook.of(later).postTo(SCENE.service())).isEqualTo(200);
        }

        await().atMost(SOON).until(() -> company.received().size() >= 2 * objects - 1);
        var words = company.received().stream()
                .flatMap(received -> received.events().stream())
                .map(event -> event.objectId() + " " + event.eventType())
                .toList();
        for (int invoice = 2; invoice <= objects; invoice++) {
            assertThat(words).containsSubsequence(invoice + " CREATED", invoice + " UPDATED");
        }
        assertThat(owner(company)).isEqualTo("first");
    }

    @Test
    void pollsAResourceOnTheNodeThatKnowsItAloneAndSaysSoOnBoth() {
        var company = SCENE.connect("deposits", "invoices").poll();
        var other = ApiClient.platform(SECOND);
        for (int deposit = 1; deposit <= 2; deposit++) {
            company.books().create("Deposit");
            company.books().create("Invoice");
            assertThat(other.send("POST", "/instances/" + company.id() + "/poll", "").status()).isEqualTo(202); // whichever takes it
            company.awaitEnd(SCENE.serviceClock().instant(), "");
            company.awaitAtLeastTold("deposits " + deposit + "|0", "invoices " + deposit + "|0");
            assertThat(reader(company, "deposits")).isEqualTo("first");
        }

        assertThat(company.told()).hasSize(4);
        var records = "/instances/" + company.id() + "/event-poller-records";
        var known = deposits(SCENE.service().get(records).json());
        assertThat(known.get("stopped").asBoolean()).isFalse();
        var unknown = deposits(SECOND.get(records).json());
        assertThat(unknown.get("stopped").asBoolean()).isTrue();
        assertThat(unknown.get("stoppedReason").asText()).contains("no route of the node that answers offers it; nodes whose routes do go on");
        assertThat(unknown.get("cursor")).isEqualTo(known.get("cursor"));
        assertThat(notOffered(SCENE.service())).isEmpty();
        await().atMost(SOON).untilAsserted(() -> assertThat(notOffered(SECOND)).containsExactly("deposits"));
    }

    /** Intuit does not know either which of them has the route. */
    @Test
    void takesInWhatAWebhookTellsOfAResourceThatOnlyTheOtherNodeKnows() {
        var company = SCENE.connect(LISTENING);
        var withRecords = SCENE.connect(Map.of("event.vendor.type", "webhook", "event.webhook.hydrate", true));
        var deposit = withRecords.books().create("Deposit").id();
        await().atMost(SOON).until(() -> SECOND.bean(ResourcesElsewhere.class).named("deposits").isPresent());

        var body = Webhook.of(
                Webhook.event(company.realm(), "deposit.created", "1", "2026-09-10T21:31:25.179Z"),
                Webhook.event(withRecords.realm(), "deposit.created", deposit, "2026-09-10T21:31:25.179Z"));
        assertThat(body.postTo(SECOND)).isEqualTo(200);

        company.awaitTold("deposits 1");
        withRecords.awaitTold("deposits " + deposit + "|0");
    }

    /** Nor can it be forgotten there. */
    @Test
    void keepsTheCursorOfAResourceThatTheNodeWhichChangesTheInstanceDoesNotKnow() {
        var named = SCENE.connect("deposits").poll();
        var every = SCENE.connect().poll();

        assertThat(SECOND.call("PATCH", "/instances/" + named.id(), "{\"name\":\"Other\"}").text()).contains("deposits, which no route offers");
        assertThat(SECOND.call("PATCH", "/instances/" + every.id(), "{\"name\":\"Other\"}").status()).isEqualTo(200);

        assertThat(List.of(named, every)).allSatisfy(each -> assertThat(each.pollerRecord("deposits").cursor()).isPresent());
    }

    private static JsonNode deposits(JsonNode records) {
        return StreamSupport.stream(records.spliterator(), false)
                .filter(each -> each.get("resource").asText().equals("deposits")).findFirst().orElseThrow();
    }

    private static List<String> notOffered(TestService node) {
        var api = ApiClient.platform(node);
        var health = new ApiClient(node.base().replace("/elements/api-v2", ""), api.authorization()).get("/actuator/health").json();
        var names = health.at("/components/polling/details/notOffered");
        return StreamSupport.stream(names.spliterator(), false).map(JsonNode::asText).toList();
    }

    private static String reader(Company company, String resource) {
        return SCENE.service().bean(JdbcClient.class).sql("select leased_by from poll_cursor where instance_id = :id and resource = :resource")
                .param("id", company.id()).param("resource", resource).query(String.class).single();
    }

    @Test
    void limitsHowLongATransactionMayDoNothing() {
        assertThat(SCENE.service().bean(JdbcClient.class).sql("show idle_in_transaction_session_timeout")
                .query(String.class).single()).isEqualTo("5s");
    }

    private static String owner(Company company) {
        return SCENE.service().bean(JdbcClient.class).sql("select owner from lane where instance_id = :id")
                .param("id", company.id()).query(String.class).single();
    }

    private static long count(String sql, Company company) {
        return SCENE.service().bean(JdbcClient.class).sql(sql).param("id", company.id()).query(Long.class).single();
    }

    private static void sql(String sql, Company company) {
        SCENE.service().bean(JdbcClient.class).sql(sql).param("id", company.id())
                .param("until", SCENE.clock.instant().plusSeconds(600).atOffset(ZoneOffset.UTC)).update();
    }
}
