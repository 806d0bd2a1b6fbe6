// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** Who gets in, on which node, and what a session is good for. */
class ConsoleAccessTest {

    private static final String ENCRYPTION = "events.encryption.key=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    /** A browser without scripts, which remembers cookies. */
    private static final class Visitor {

        private final CookieManager cookies = new CookieManager();
        private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();
        private final int port;

        private Visitor(TestService service) {
            this(URI.create(service.base()).getPort());
        }

        private Visitor(int port) {
            this.port = port;
        }

        private HttpResponse<String> get(String path) throws IOException, InterruptedException {
            return http.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
        }

        private HttpResponse<String> post(String path, Map<String, String> form) throws IOException, InterruptedException {
            var pairs = new ArrayList<String>();
            form.forEach((name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
            return http.send(HttpRequest.newBuilder(at(path)).header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(String.join("&", pairs))).build(), BodyHandlers.ofString());
        }

        private URI at(String path) {
            return URI.create("http://127.0.0.1:" + port + path);
        }

        private String token(String path) throws IOException, InterruptedException {
            var found = TOKEN.matcher(get(path).body());
            assertThat(found.find()).isTrue();
            return found.group(1);
        }

        private HttpResponse<String> login(String user, String organization) throws IOException, InterruptedException {
            return post("/console/login", Map.of("_csrf", token("/console/login"), "user", user, "organization", organization));
        }

        /** The same person at another node, with the cookies of this one: a host's ports share them. */
        private Visitor at(TestService other) {
            var visitor = new Visitor(other);
            cookies.getCookieStore().getCookies().forEach(each -> visitor.cookies.getCookieStore().add(at("/"), each));
            return visitor;
        }

        private HttpCookie cookie(String name) {
            return cookies.getCookieStore().getCookies().stream().filter(each -> each.getName().equals(name)).findFirst().orElseThrow();
        }
    }

    private static String location(HttpResponse<?> response) {
        return response.headers().firstValue("Location").map(each -> each.replaceFirst("^http://127.0.0.1:\\d+", "")).orElse("");
    }

    @OnEachDatabase
    void sharesSessionsBetweenNodesAndEndsThemOnAll(TestDatabase database) throws Exception {
        var url = database.freshUrl();
        try (var quickBooks = new QuickBooksSimulator(MovableClock.running());
                var one = TestService.start(url, MovableClock.running(), quickBooks, ENCRYPTION)) {
            var here = new Visitor(one);
            assertThat(location(here.get("/"))).isEqualTo("/console/login");
            assertThat(location(here.login("wrong", TestService.ORGANIZATION_SECRET))).isEqualTo("/console/login?refused");
            assertThat(location(here.login(TestService.USER_SECRET, TestService.ORGANIZATION_SECRET))).isEqualTo("/");
            var page = here.get("/");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse("")).contains("script-src 'self'").doesNotContain("unsafe");
            assertThat(page.body()).doesNotContain("<script>").doesNotContain("style=").doesNotContain("onclick");

            // Who reads the table has no session by it.
            var ids = one.bean(JdbcClient.class).sql("select session_id from console_session").query(String.class).list();
            assertThat(ids).hasSize(1);
            assertThat(here.cookie("console-session").getValue()).doesNotContain(ids.get(0).strip());
            assertThat(here.cookie("console-session").isHttpOnly()).isTrue();
            var thief = new Visitor(one);
            thief.cookies.getCookieStore().add(thief.at("/"), here.cookie("console-form"));
            var stolen = new HttpCookie("console-session", Base64.getEncoder().encodeToString(ids.get(0).strip().getBytes()));
            stolen.setPath("/");
            thief.cookies.getCookieStore().add(thief.at("/"), stolen);
            assertThat(location(thief.get("/"))).isEqualTo("/console/login");

            try (var two = TestService.start(url, MovableClock.running(), quickBooks,
                    ENCRYPTION, "events.node=two")) {
                var there = here.at(two);
                assertThat(there.get("/console/instances").statusCode()).isEqualTo(200);
                assertThat(location(there.post("/console/logout", Map.of("_csrf", there.token("/"))))).isEqualTo("/console/login?out");
            }
            assertThat(location(here.get("/"))).isEqualTo("/console/login");
            one.bean(ExpiredSessions.class).remove();
        }
    }

    @OnEachDatabase
    void opensNothingElseAndNothingElseOpensIt(TestDatabase database) throws Exception {
        var url = database.freshUrl();
        try (var quickBooks = new QuickBooksSimulator(MovableClock.running())) {
            Visitor visitor;
            try (var service = TestService.start(url, MovableClock.running(), quickBooks, ENCRYPTION)) {
                visitor = new Visitor(service);
                visitor.login(TestService.USER_SECRET, TestService.ORGANIZATION_SECRET);
                var id = service.connect(quickBooks, "8100", "https://203.0.113.7/", Map.of());

                // A form of another site's, or one that was open for too long.
                assertThat(location(visitor.post("/console/instances/" + id + "/delete", Map.of()))).isEqualTo("/console/login?expired");
                assertThat(service.get("/instances/" + id).status()).isEqualTo(200);
                // The session is the console's alone, and the API's secrets in a header are the API's.
                assertThat(visitor.get("/elements/api-v2/instances").statusCode()).isEqualTo(401);
                assertThat(TestService.call(HttpClient.newHttpClient(), service.base().replace("/elements/api-v2", "/console/instances"), "GET", "")
                        .status()).isEqualTo(302);
                assertThat(visitor.get("/nothing-here").body()).contains("\"message\":\"There is nothing at /nothing-here\"");
                assertThat(visitor.get("/console/nothing-here").body()).contains("There is no such page", "Request <code>")
                        .doesNotContain("log tells more");
                assertThat(visitor.get("/console/console.css").headers().firstValue("Cache-Control")).hasValue("no-cache");

                showsTheNewestFirst(service, visitor, id);
                var stranger = new Visitor(service);
                for (var path : List.of("/console/instances/" + id, "/console/instances/", "/%63onsole/instances", "/console/%69nstances",
                        "//console/instances", "/console//instances", "/console;a=b/instances", "/console/instances;a=b", "/console/./instances",
                        "/x/../console/instances", "/console/login/../instances", "/console/login/instances", "/console/instances/console.css",
                        "/console/lib/..%2finstances", "/console/events/rows", "/console/overview/figures", "/?range=day", "/index.html")) {
                    var answer = stranger.http.send(HttpRequest.newBuilder(stranger.at(path)).build(), BodyHandlers.ofString());
                    assertThat(answer.statusCode()).as(path).isIn(302, 400, 404);
                    assertThat(answer.body()).as(path).doesNotContain("Company 8100");
                }
                assertThat(location(stranger.get("/console/login?to=//elsewhere.example/"))).isEmpty();
                assertThat(location(stranger.post("/console/login", Map.of("_csrf", stranger.token("/console/login"), "to", "//elsewhere.example/",
                        "user", TestService.USER_SECRET, "organization", TestService.ORGANIZATION_SECRET)))).isEqualTo("/");
            }
            try (var service = TestService.start(url, MovableClock.running(), quickBooks, ENCRYPTION, "events.api.user-secret=another")) {
                assertThat(location(visitor.at(service).get("/"))).as("with a secret that is no longer one").isEqualTo("/console/login");
            }
        }
    }

    /** On each database, since no index is in the order of all instances. */
    private static void showsTheNewestFirst(TestService service, Visitor visitor, long instance) throws Exception {
        var jdbc = service.bean(JdbcClient.class);
        for (int id = 1; id <= 60; id++) {
            jdbc.sql("""
                    insert into event (id, delivery_id, instance_id, resource, object_id, version, event_type, changed_at, recorded_at, record)
                    values (:id, :id, :instance, :resource, :object, '0', 'CREATED', :time, :time, :record)
                    """)
                    .param("id", id).param("instance", instance).param("resource", id % 2 == 0 ? "bills" : "invoices")
                    .param("object", "object-" + id).param("time", OffsetDateTime.parse("2026-01-01T00:00:00Z").plusMinutes(id))
                    .param("record", "{\"Id\":\"<b>\"}".getBytes()).update();
        }
        for (var of : List.of("", "instance=" + instance + "&")) {
            var first = visitor.get("/console/events?" + of).body();
            assertThat(first).contains("object-60", "object-11", "Company 8100").doesNotContain("object-10<");
            var older = Pattern.compile("href=\"(/console/events[?][^\"]*from=[^\"]+)\"").matcher(first);
            assertThat(older.find()).isTrue();
            assertThat(visitor.get(older.group(1).replace("&amp;", "&")).body()).contains("object-10<", "object-1<").doesNotContain("object-11<");
            var filtered = visitor.get("/console/events/rows?" + of
                    + "status=NOTIFIED&resource=bills&type=CREATED&since=2026-01-01T00:10&until=2026-01-01T00:13").body();
            assertThat(filtered).contains("object-10<", "object-12<").doesNotContain("object-11<", "object-8<", "object-14<");
            assertThat(visitor.get("/console/events?" + of + "status=QUEUED&object=x'%20or%20'1'='1").body()).contains("No event is like this");
        }
    }
}
