// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import qboevents.simulator.Call;
import qboevents.simulator.Fault;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** A deleted instance leaves no token behind that is good, unless Intuit does not answer; then an operator knows. */
class RevokeTest {

    private static final Scenes SCENES = new Scenes();

    @AfterAll
    static void close() {
        SCENES.close();
    }

    @OnEachDatabase
    void endsTheConnectionOfADeletedInstanceOnce(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect("invoices");
        var other = scene.connect("invoices");
        // The token that is revoked is the newest one.
        scene.quickBooks.rotatingAlways();
        scene.clock.advance(Duration.ofMinutes(61));
        company.poll();

        var answer = delete(company);

        assertThat(answer.path("valid").asBoolean()).isTrue();
        awaitRevocations(scene, company, 1);
        assertThat(scene.quickBooks.currentRefreshToken(company.realm())).isEmpty();
        assertThat(scene.quickBooks.currentRefreshToken(other.realm())).isPresent();
        assertThat(told(scene, company)).isEmpty();
        assertThat(scene.service().call("DELETE", "/instances/" + company.id(), "").status()).isEqualTo(404);
        assertThat(revocations(scene, company)).isEqualTo(1);
    }

    @OnEachDatabase
    void deletesWhenIntuitIsDownAndTellsTheOperator(TestDatabase database) {
        var scene = SCENES.on(database);
        for (var trouble : List.of(Fault.status(503), Fault.reset(), Fault.status(401))) {
            var company = scene.connect("invoices");
            scene.quickBooks.fail(trouble.onRevokeEndpoint().forRealm(company.realm()));

            delete(company);

            await().atMost(SOON).untilAsserted(() -> assertThat(told(scene, company)).hasSize(1));
            assertThat(told(scene, company).get(0)).startsWith("revoke-failed: ").contains(company.realm());
            assertThat(revocations(scene, company)).isEqualTo(1);
            assertThat(scene.service().get("/instances/" + company.id()).status()).isEqualTo(404);
        }
    }

    @OnEachDatabase
    void answersADeletionWithoutWaitingForIntuit(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect("invoices");
        scene.quickBooks.fail(Fault.hang().onRevokeEndpoint().forRealm(company.realm()));
        try {
            delete(company);
            awaitRevocations(scene, company, 1);
        } finally {
            scene.quickBooks.clearFaults();
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(told(scene, company)).hasSize(1));
    }

    @OnEachDatabase
    void leavesAConnectionThatAnotherInstanceLivesOn(TestDatabase database) {
        var scene = SCENES.on(database);
        var first = scene.connect("invoices");
        var callback = scene.receiver.url() + "/" + first.realm();
        var second = scene.service().connect(scene.quickBooks, first.realm(), callback, Map.of());
        var stranger = scene.service().connect(scene.quickBooks, first.realm(), callback, Map.of("oauth.api.key", "another-app"));

        delete(first);
        delete(new Company(scene, first.realm(), second));
        awaitRevocations(scene, first, 1);
        delete(new Company(scene, first.realm(), stranger));
        awaitRevocations(scene, first, 2);
    }

    private static JsonNode delete(Company company) {
        var answer = company.scene().service().call("DELETE", "/instances/" + company.id(), "");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static void awaitRevocations(Scene scene, Company company, int times) {
        await().atMost(SOON).until(() -> revocations(scene, company) == times);
    }

    private static long revocations(Scene scene, Company company) {
        return scene.quickBooks.calls().count(Call.Kind.REVOKE, company.realm());
    }

    private static List<String> told(Scene scene, Company company) {
        var events = scene.service().get("/operator-events?instanceId=" + company.id()).json();
        return StreamSupport.stream(events.spliterator(), false)
                .map(each -> each.get("kind").asText() + ": " + each.get("message").asText()).toList();
    }
}
