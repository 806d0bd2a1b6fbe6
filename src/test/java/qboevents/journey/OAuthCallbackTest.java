// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qboevents.testing.ApiClient;
import qboevents.testing.ApiClient.Reply;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** {@code oauth.callback.url} is looked at where all other fields are, whether or not a code comes with it. */
class OAuthCallbackTest {

    private static final String FAULT = "oauth.callback.url is not a URL";

    private static Scene scene;

    @BeforeAll
    static void start() {
        scene = Scene.on(TestDatabase.H2);
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @Test
    void isNamedTogetherWithEverythingElse() {
        var answer = create("not a url", Map.of("event.poller.refresh_interval", "soon", "use_sandbox", "perhaps"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains(FAULT, "event.poller.refresh_interval", "use_sandbox must be true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a url", "//x", "//x/callback", "javascript:alert(1)", "ftp://x/", "mycoolapp.com/callback", "/callback",
        "https:", "https://", "https:///callback", "http://:8080/callback", "https://user@/callback", "http;//"})
    void isRefusedWhenNoBrowserCouldBeSentThere(String url) {
        var id = scene.connect().id();

        assertThat(create(url, Map.of()).message()).contains(FAULT);
        for (var method : new String[] {"PATCH", "PUT"}) {
            var answer = send(method, "/instances/" + id, """
                    {"element":{"key":"quickbooks"},"name":"Changed","configuration":{"oauth.callback.url":"%s",
                     "oauth.api.key":"client","oauth.api.secret":"client-secret"}}""".formatted(url));
            assertThat(answer.status()).as(method + " " + answer.text()).isEqualTo(400);
            assertThat(answer.message()).contains(FAULT);
        }
        assertThat(send("GET", "/instances/" + id, "").json().at("/configuration/oauth.callback.url").asText())
                .isEqualTo("https://mycoolapp.com");
    }

    /** The last is what Open Connectors' page prints. */
    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080/callback", "HTTPS://MyCoolApp.com/a?b=c&d", "http://10.0.0.1/", "http://[::1]:3000/cb",
        "https://my_host/callback", "https;//mycoolapp.com"})
    void mayLeadWhereverTheAppIs(String url) {
        assertThat(create(url, Map.of()).status()).isEqualTo(200);
    }

    @Test
    void isRequiredAsItWas() {
        var id = scene.connect().id();

        assertThat(create("", Map.of()).message()).contains("oauth.callback.url is required").doesNotContain(FAULT);
        assertThat(send("PATCH", "/instances/" + id, "{\"configuration\":{\"oauth.callback.url\":\"\"}}").message())
                .contains("oauth.callback.url is required").doesNotContain(FAULT);
        assertThat(send("PATCH", "/instances/" + id, "{\"name\":\"Other\"}").status()).isEqualTo(200);
    }

    private static Reply create(String url, Map<String, Object> more) {
        var configuration = new HashMap<>(more);
        configuration.put("oauth.callback.url", url);
        return send("POST", "/instances", TestService.connecting(
                "4620816365", scene.quickBooks.authorize("4620816365"), scene.receiver.url(), configuration));
    }

    private static Reply send(String method, String path, String body) {
        return ApiClient.platform(scene.service()).send(method, path, body);
    }
}
