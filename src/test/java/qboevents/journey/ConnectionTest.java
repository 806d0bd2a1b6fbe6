// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** A connection, its end, and the user who comes back: as a client of the API and an operator see it. */
class ConnectionTest {

    private static final Scenes SCENES = new Scenes();

    @AfterAll
    static void close() {
        SCENES.close();
    }

    @OnEachDatabase
    void tellsWhenItEnds(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect("invoices");
        var first = connection(company);
        scene.clock.advance(Duration.ofDays(10));
        company.poll();
        var later = connection(company);

        assertThat(first.get("authentication").asText()).isEqualTo("oauth2");
        assertThat(Duration.between(time(first, "expiresUnlessUsed"), time(later, "expiresUnlessUsed")))
                .isBetween(Duration.ofDays(10), Duration.ofDays(10).plusMinutes(5));
        assertThat(time(first, "expires")).isAfter(scene.clock.instant().plus(Duration.ofDays(5 * 365 - 11)));
        assertThat(Duration.between(time(first, "expires"), time(later, "expires")).abs()).isLessThan(Duration.ofMinutes(5));
        assertThat(scene.service().get("/instances").json().findValues("connection")).contains(later);
    }

    @OnEachDatabase
    void saysEverywhereThatItNeedsItsUser(TestDatabase database) {
        var scene = SCENES.on(database);
        var company = scene.connect("invoices");
        var path = "/instances/" + company.id();
        scene.quickBooks.disconnect(company.realm());
        scene.clock.advance(Duration.ofHours(1));

        company.poll().poll();

        assertThat(company.pollerRecord("invoices").lastError()).contains("PATCH " + path + " with providerData.code");
        assertThat(scene.service().get(path).json().get("valid").asBoolean()).isFalse();
        assertThat(connection(company).get("brokenBecause").asText()).contains("invalid_grant", "PATCH " + path);
        assertThat(time(connection(company), "brokenSince")).isBetween(
                scene.clock.instant().minusSeconds(60), scene.clock.instant());
        assertThat(told(scene, "instanceId=" + company.id())).hasSize(1);

        var code = scene.quickBooks.authorize(company.realm());
        var again = scene.service().call("PATCH", path, "{\"providerData\":{\"code\":\"" + code + "\"}}");
        assertThat(again.json().get("valid").asBoolean()).isTrue();
        assertThat(again.json().get("connection").has("brokenBecause")).isFalse();
        var invoice = company.books().create("Invoice");
        company.poll();
        company.awaitTold("invoices " + invoice.id() + "|0");
        assertThat(company.pollerRecord("invoices").lastError()).isEmpty();

        assertThat(told(scene, "instanceId=" + company.id())).extracting(each -> each.get("kind").asText())
                .containsExactly("connected-again", "reconnect-needed");
        assertThat(told(scene, "kind=reconnect-needed&instanceId=" + company.id())).singleElement()
                .satisfies(each -> assertThat(each.get("message").asText()).contains("PATCH " + path))
                .satisfies(each -> assertThat(each.get("createdDate").asText()).endsWith("Z"));
        assertThat(told(scene, "pageSize=1&instanceId=" + company.id())).hasSize(1);
        var newest = told(scene, "pageSize=1&instanceId=" + company.id()).get(0);
        assertThat(told(scene, "nextPageToken=" + newest.get("id").asText() + "&instanceId=" + company.id())).singleElement()
                .satisfies(each -> assertThat(each.get("kind").asText()).isEqualTo("reconnect-needed"));
    }

    @OnEachDatabase
    void refusesWhatNoListOfEventsIsAbout(TestDatabase database) {
        var service = SCENES.on(database).service();

        assertThat(service.get("/operator-events?kind=fire").json().get("message").asText()).contains("reconnect-needed");
        assertThat(service.get("/operator-events?instanceId=x").status()).isEqualTo(400);
        assertThat(service.get("/operator-events?nextPageToken=x").status()).isEqualTo(400);
        assertThat(service.get("/operator-events?pageSize=0").status()).isEqualTo(400);
        assertThat(service.call("POST", "/operator-events", "{}").status()).isEqualTo(405);
    }

    private static List<JsonNode> told(Scene scene, String query) {
        var answer = scene.service().get("/operator-events?" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return StreamSupport.stream(answer.json().spliterator(), false).toList();
    }

    private static JsonNode connection(Company company) {
        return company.scene().service().get("/instances/" + company.id()).json().get("connection");
    }

    private static Instant time(JsonNode connection, String name) {
        return Instant.parse(connection.get(name).asText());
    }
}
