// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.simulator.Call;
import qboevents.simulator.Fault;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;
import qboevents.testing.TestService.Answer;

/** The OAuth 1.0 way of the documentation, from the request token to the first invoice; every signature is checked there. */
class OAuth1Test {

    private static final String APP = "apiKey=k%20ey&apiSecret=se%26cret%2B&callbackUrl=" + encoded("https://me/cb?a=b&c=d");

    private final MovableClock clock = MovableClock.running();
    private final QuickBooksSimulator quickBooks = new QuickBooksSimulator(clock).signedBy("k ey", "se&cret+");

    @AfterEach
    void close() {
        quickBooks.close();
    }

    @OnEachDatabase
    void connectsACompanyAndReadsIt(TestDatabase database) {
        try (var scene = Scene.withOAuth1(database)) {
            scene.quickBooks.signedBy("k ey", "se&cret+").choosing("4620816365");
            var created = new Way(scene.service(), scene.receiver.url()).connect("4620816365");
            assertThat(created.status()).as(created.text()).isEqualTo(200);
            assertThat(created.json().at("/configuration/authentication.type").asText()).isEqualTo("oauth1");
            assertThat(created.json().at("/connection/authentication").asText()).isEqualTo("oauth1");
            assertThat(created.json().at("/connection/expires").asText()).isNotEmpty();
            assertThat(created.text()).doesNotContain("se&cret", "oauth_token");

            var company = new Company(scene, "4620816365", created.json().get("id").asLong());
            company.poll();
            var invoice = company.books().create("Invoice");
            company.poll("invoices");

            assertThat(company.records()).allMatch(each -> each.lastError().isEmpty());
            company.awaitTold("invoices " + invoice.id() + "|0");
            assertThat(scene.quickBooks.calls().tokens()).as("the request token and the access token").isEqualTo(2);
            assertThat(scene.service().bean(JdbcClient.class).sql("select * from oauth_token").query().listOfRows().toString())
                    .as("no token of QuickBooks in clear").contains("token_secret").doesNotContainPattern("\\b[0-9a-f]{32}\\b");

            assertThat(scene.service().call("DELETE", "/instances/" + company.id(), "").status()).isEqualTo(200);
            assertThat(scene.quickBooks.calls().count(Call.Kind.REVOKE)).as("OAuth 1.0 has no such thing").isZero();
        }
    }

    @OnEachDatabase
    void needsItsUserWhenTheTokenIsRefusedAndTakesHimBack(TestDatabase database) {
        try (var scene = Scene.withOAuth1(database)) {
            scene.quickBooks.signedBy("k ey", "se&cret+").choosing("4620816365");
            var way = new Way(scene.service(), scene.receiver.url());
            var company = new Company(scene, "4620816365", way.connect("4620816365").json().get("id").asLong());
            company.poll("invoices");

            scene.quickBooks.disconnect("4620816365");
            company.poll("invoices");

            var path = "/instances/" + company.id();
            assertThat(company.pollerRecord("invoices").lastError()).contains("OAuth 1.0 token", "PATCH " + path, "oauth_verifier");
            assertThat(scene.service().get(path).json().get("valid").asBoolean()).isFalse();
            assertThat(scene.service().get(path).json().at("/connection/brokenBecause").asText()).contains("PATCH " + path);
            assertThat(kinds(scene, company)).containsExactly("reconnect-needed");

            var again = scene.service().call("PATCH", path, "{\"providerData\":" + way.agreed() + "}");
            assertThat(again.status()).as(again.text()).isEqualTo(200);
            assertThat(again.json().get("valid").asBoolean()).isTrue();
            var invoice = company.books().create("Invoice");
            company.poll("invoices");
            company.awaitTold("invoices " + invoice.id() + "|0");
            assertThat(kinds(scene, company)).containsExactly("connected-again", "reconnect-needed");

            var code = scene.quickBooks.authorize("4620816365");
            var moved = scene.service().call("PATCH", path, "{\"providerData\":{\"code\":\"" + code + "\"}}");
            assertThat(moved.json().at("/connection/authentication").asText()).isEqualTo("oauth2");
            assertThat(moved.json().at("/configuration/authentication.type").asText()).isEqualTo("oauth2");
            var next = company.books().create("Invoice");
            company.poll("invoices");
            company.awaitTold("invoices " + invoice.id() + "|0", "invoices " + next.id() + "|0");
        }
    }

    @Test
    void keepsNothingOfARefusedWay() {
        try (var service = service(TestService.oauth1(quickBooks).toArray(String[]::new))) {
            var way = new Way(service);
            var wrongKey = service.get("/elements/quickbooks/oauth/token?apiKey=x&apiSecret=y&callbackUrl=z");
            assertThat(wrongKey.status()).isEqualTo(400);
            assertThat(wrongKey.json().get("providerMessage").asText()).isEqualTo("oauth_problem=consumer_key_unknown");
            var wrongSecret = service.get("/elements/quickbooks/oauth/token?" + APP.replace("se%26cret", "se%26cert"));
            assertThat(wrongSecret.json().get("providerMessage").asText()).isEqualTo("oauth_problem=signature_invalid");
            assertThat(service.get("/elements/quickbooks/oauth/token?apiKey=x").json().get("message").asText())
                    .isEqualTo("apiSecret, callbackUrl are required");

            var agreed = way.agreed();
            var forged = way.create("46", agreed.deepCopy().put("secret", "another"), Map.of());
            assertThat(forged.status()).isEqualTo(400);
            assertThat(forged.json().get("providerMessage").asText()).isEqualTo("oauth_problem=signature_invalid");
            var unverified = way.create("46", agreed.deepCopy().put("oauth_verifier", "another"), Map.of());
            assertThat(unverified.json().get("providerMessage").asText()).isEqualTo("oauth_problem=verifier_invalid");
            agreed.remove("secret");
            agreed.remove("oauth_verifier");
            assertThat(way.create("46", agreed, Map.of()).json().get("message").asText())
                    .contains("providerData.secret is required", "providerData.oauth_verifier is required");
            assertThat(service.get("/instances").json()).isEmpty();
        }
    }

    @Test
    void tellsWhenQuickBooksGivesNoAnswer() {
        try (var service = service(TestService.oauth1(quickBooks).toArray(String[]::new))) {
            for (var trouble : new Fault[] {Fault.reset(), Fault.status(503), Fault.htmlInOk()}) {
                quickBooks.fail(trouble.onTokenEndpoint().once());
                var answer = service.get("/elements/quickbooks/oauth/token?" + APP);
                assertThat(answer.status()).as(answer.text()).isEqualTo(502);
                assertThat(answer.json().get("message").asText()).contains("QuickBooks");
            }
        }
    }

    @Test
    void saysOfIntuitsOwnAddressesThatTheyAreSwitchedOff() {
        try (var service = service()) {
            var agreed = Way.JSON.createObjectNode().put("oauth_token", "t").put("oauth_verifier", "v").put("secret", "s");
            var answers = new Answer[] {
                service.get("/elements/quickbooks/oauth/token?" + APP),
                new Way(service).create("46", agreed, Map.of()),
                new Way(service).create("46", agreed, Map.of("authentication.type", "oauth1"))
            };

            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.json().get("message").asText()).contains("17 December 2019", "providerData.code");
            });
            assertThat(service.get("/elements/quickbooks/oauth/url?requestToken=t&" + APP).json().get("oauthUrl").asText())
                    .startsWith("https://appcenter.intuit.com/Connect/Begin?oauth_token=t");
        }
    }

    private TestService service(String... settings) {
        return TestService.start(TestDatabase.H2.freshUrl(), clock, quickBooks, settings);
    }

    private static List<String> kinds(Scene scene, Company company) {
        var events = scene.service().get("/operator-events?instanceId=" + company.id()).json();
        return StreamSupport.stream(events.spliterator(), false).map(each -> each.get("kind").asText()).toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What an application and its user do. */
    private record Way(TestService service, String callback) {

        Way(TestService service) {
            this(service, "http://127.0.0.1:9");
        }

        static final ObjectMapper JSON = new ObjectMapper();

        Answer connect(String realm) {
            return create(realm, agreed(), Map.of());
        }

        /** @return the providerData that the user came back with */
        ObjectNode agreed() {
            var request = service.get("/elements/quickbooks/oauth/token?" + APP);
            assertThat(request.status()).as(request.text()).isEqualTo(200);
            var url = service.get("/elements/quickbooks/oauth/url?" + APP + "&state=quickbooks&requestToken="
                    + request.json().get("token").asText());
            assertThat(url.json().get("element").asText()).isEqualTo("quickbooks");
            assertThat(url.json().get("oauthUrl").asText()).contains("/Connect/Begin?oauth_token=",
                    "&oauth_callback=https%3A%2F%2Fme%2Fcb%3Fa%3Db%26c%3Dd");
            var back = JSON.createObjectNode().put("state", "quickbooks").put("secret", request.json().get("secret").asText());
            Arrays.stream(redirect(url.json().get("oauthUrl").asText()).split("[?&]"))
                    .filter(each -> each.matches("(oauth_token|oauth_verifier|realmId|dataSource)=.*"))
                    .forEach(each -> back.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1)));
            return back;
        }

        /** The body of the documentation. */
        Answer create(String realm, ObjectNode providerData, Map<String, String> configuration) {
            var body = JSON.createObjectNode().put("name", "QBO_Instance");
            body.putObject("element").put("key", "quickbooks");
            body.set("providerData", providerData.deepCopy().put("realmId", realm));
            var keys = body.putObject("configuration").put("oauth.callback.url", "https://me/cb?a=b&c=d")
                    .put("oauth.api.key", "k ey").put("oauth.api.secret", "se&cret+").put("filter.response.nulls", true)
                    .put("event.notification.enabled", true).put("event.vendor.type", "polling")
                    .put("event.notification.callback.url", callback + "/" + realm).put("event.poller.refresh_interval", "1440")
                    .put("event.poller.urls", "customersinvoices");
            configuration.forEach(keys::put);
            return service.call("POST", "/instances", body.toString());
        }

        private static String redirect(String url) {
            try {
                return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                        .headers().firstValue("Location").orElseThrow();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
