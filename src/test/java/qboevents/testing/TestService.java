// SPDX-License-Identifier: Apache-2.0
package qboevents.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.aot.AotDetector;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.SpringProperties;
import qboevents.Application;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;

/** The whole service in this JVM, on a free port, configured to a simulator; and its API as a client uses it. */
public final class TestService implements AutoCloseable {

    public static final String USER_SECRET = "test-user";
    public static final String ORGANIZATION_SECRET = "test-organization";

    public static final String ENCRYPTION_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final String base;
    private final Optional<Hurry> hurry;

    private TestService(ConfigurableApplicationContext context, Optional<Hurry> hurry) {
        this.context = context;
        this.hurry = hurry;
        int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
        this.base = "http://127.0.0.1:" + port + "/elements/api-v2";
    }

    /**
     * Its timers hurry when the test moves its clock, unless {@code settings} say when they tick.
     *
     * @param settings {@code name=value}, in place of those that connect it to the simulator
     */
    public static TestService start(String databaseUrl, Clock clock, QuickBooksSimulator quickBooks, String... settings) {
        var arguments = new ArrayList<>(List.of(
                "server.port=0",
                "spring.datasource.url=" + databaseUrl,
                "events.api.user-secret=" + USER_SECRET,
                "events.api.organization-secret=" + ORGANIZATION_SECRET,
                "events.polling.minimum-interval=1s",
                "events.delivery.allow-private-addresses=true"));
        arguments.addAll(quickBooks(quickBooks));
        arguments.removeIf(each -> List.of(settings).stream().anyMatch(own -> own.startsWith(name(each) + "=")));
        arguments.addAll(List.of(settings));
        var application = new SpringApplicationBuilder(Application.class).main(Application.class)
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean("clockOfTheTest", Clock.class, () -> clock, definition -> definition.setPrimary(true)));
        var context = run(application, arguments);
        boolean hurried = List.of(settings).stream().noneMatch(each -> each.startsWith("events.polling.tick="));
        return new TestService(context, hurried && clock instanceof MovableClock movable
                ? Optional.of(new Hurry(context, movable)) : Optional.empty());
    }

    private static ConfigurableApplicationContext run(SpringApplicationBuilder application, List<String> arguments) {
        try {
            return application.run(arguments.stream().map(each -> "--" + each).toArray(String[]::new));
        } finally {
            SpringProperties.setProperty(AotDetector.AOT_ENABLED, null); // of this start, and not of what else runs in this JVM
        }
    }

    private static String name(String setting) {
        return setting.substring(0, setting.indexOf('='));
    }

    /** The settings that point a service at a simulator. */
    public static List<String> quickBooks(QuickBooksSimulator simulator) {
        return List.of(
                "quickbooks.api.url=" + simulator.apiUrl(),
                "quickbooks.api.sandbox-url=" + simulator.apiUrl(),
                "quickbooks.oauth2.token-url=" + simulator.tokenUrl(),
                "quickbooks.oauth2.revoke-url=" + simulator.revokeUrl(),
                "quickbooks.oauth2.authorize-url=" + simulator.authorizeUrl());
    }

    /** The same with OAuth 1.0. */
    public static List<String> oauth1(QuickBooksSimulator simulator) {
        return List.of(
                "quickbooks.oauth1.request-token-url=" + simulator.requestTokenUrl(),
                "quickbooks.oauth1.authorize-url=" + simulator.beginUrl(),
                "quickbooks.oauth1.access-token-url=" + simulator.accessTokenUrl());
    }

    public record Answer(int status, String text) {

        public JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new AssertionError("Not JSON: " + text, e);
            }
        }
    }

    public String base() {
        return base;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public Answer call(String method, String path, String body) {
        var answer = call(http, base + path, method, body);
        if (!method.equals("GET")) {
            hurry.ifPresent(Hurry::changed);
        }
        return answer;
    }

    public Answer get(String path) {
        return call("GET", path, "");
    }

    public static Answer call(HttpClient http, String url, String method, String body) {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "User " + USER_SECRET + ", Organization " + ORGANIZATION_SECRET)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(method + " " + url + " failed", e);
        }
    }

    /** A request that connects a company and turns polling on. */
    public static String connecting(String realmId, String code, String callbackUrl, Map<String, ?> configuration) {
        ObjectNode request = JSON.createObjectNode();
        request.putObject("element").put("key", "quickbooks");
        request.putObject("providerData").put("code", code).put("realmId", realmId);
        var keys = request.putObject("configuration");
        keys.put("oauth.callback.url", "https://mycoolapp.com")
                .put("oauth.api.key", "client")
                .put("oauth.api.secret", "client-secret")
                .put("authentication.type", "oauth2")
                .put("event.notification.enabled", true)
                .put("event.vendor.type", "polling")
                .put("event.notification.callback.url", callbackUrl)
                .put("event.poller.refresh_interval", "15");
        configuration.forEach((name, value) -> keys.set(name, JSON.valueToTree(value)));
        request.put("name", "Company " + realmId);
        return request.toString();
    }

    /** @return the instance's id */
    public long connect(QuickBooksSimulator quickBooks, String realmId, String callbackUrl, Map<String, ?> configuration) {
        var answer = call("POST", "/instances", connecting(realmId, quickBooks.authorize(realmId), callbackUrl, configuration));
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer.json().get("id").asLong();
    }

    @Override
    public void close() {
        hurry.ifPresent(Hurry::close);
        context.close();
    }
}
