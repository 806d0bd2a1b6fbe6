// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;
import static qboevents.journey.Webhook.event;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.simulator.Reply;
import qboevents.testing.DatabaseDump;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** Every secret there is goes through a journey with good days and bad ones; then all places are searched for all of them. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTest {

    private static final String ENCRYPTION_KEY = Base64.getEncoder().encodeToString("an encryption key of 32 bytes...".getBytes());
    private static final String DATABASE_PASSWORD = "pw-of-the-database";
    private static final Map<String, String> CONFIGURED = Map.of(
            "oauth.api.secret", "the-api-secret",
            "event.notification.signature.key", "the-signature-key",
            "event.notification.basic.username", "receiver",
            "event.notification.basic.password", "the-basic-password",
            "event.notification.callback.headers", "{\"X-Api-Key\":\"the-header-value\"}",
            "another.access.token", "the-unknown-token");

    private final List<String> answers = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>(List.of(
            TestService.USER_SECRET, TestService.ORGANIZATION_SECRET, Webhook.TOKEN, ENCRYPTION_KEY, "the-api-secret",
            "the-signature-key", "the-basic-password", "the-header-value", "the-unknown-token",
            Base64.getEncoder().encodeToString("receiver:the-basic-password".getBytes()), "the-new-signature-key"));

    @Test
    void areNowhereInClearOnH2(CapturedOutput log) throws IOException {
        var folder = Files.createTempDirectory("h2-");
        var url = "jdbc:h2:file:" + folder.resolve("test"); // the first who opens it says the password
        secrets.add(DATABASE_PASSWORD);

        try (var scene = scene(url, "spring.datasource.password=" + DATABASE_PASSWORD)) {
            travel(scene);
            search(scene, log);
        }

        try (var files = Files.walk(folder)) {
            var written = files.filter(Files::isRegularFile).toList();
            assertThat(written).isNotEmpty();
            assertThat(written).allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as(file.toString()).doesNotContain(secrets));
        }
        assertThat(log.getAll()).doesNotContain(secrets);
    }

    @Test
    void areNowhereInClearOnPostgresql(CapturedOutput log) {
        var url = TestDatabase.POSTGRESQL.freshUrl();
        secrets.add(DATABASE_PASSWORD);

        try (var scene = scene(url + "&password=" + DATABASE_PASSWORD)) { // trusted there: any will do
            travel(scene);
            search(scene, log);
        }

        assertThat(log.getAll()).doesNotContain(secrets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://127.0.0.1:1/none?user=u&password=", "jdbc:postgresql://127.0.0.1:1:1/none?password=",
        "jdbc:postgres://127.0.0.1/none?password=", "jdbc:h2:file:/proc/none/there;PASSWORD=", "jdbc:h2:wrong:x;PASSWORD=", "password="})
    void areNotToldByAStartThatFails(String url, CapturedOutput log) {
        secrets.add(DATABASE_PASSWORD);

        assertThatThrownBy(() -> scene(url + DATABASE_PASSWORD, "spring.datasource.hikari.initialization-fail-timeout=1").close())
                .satisfies(failure -> assertThat(Throwables.getStackTrace(failure)).doesNotContain(secrets));

        assertThat(log.getAll()).doesNotContain(secrets);
    }

    private static Scene scene(String url, String... more) {
        var settings = new ArrayList<>(List.of("events.encryption.key=" + ENCRYPTION_KEY, Webhook.SETTING, "events.delivery.retry=1m,1m"));
        settings.addAll(Arrays.asList(more));
        return Scene.onDatabase(url, settings.toArray(String[]::new));
    }

    private void travel(Scene scene) {
        var realm = "9130359999";
        var code = scene.quickBooks.authorize(realm);
        var body = TestService.connecting(realm, code, scene.receiver.url() + "/" + realm, CONFIGURED)
                .replace("\"polling\"", "\"hybrid\"");
        var created = scene.service().call("POST", "/instances", body);
        assertThat(created.status()).as(created.text()).isEqualTo(200);
        var company = new Company(scene, realm, created.json().get("id").asLong());
        secrets.add(created.json().get("token").asText());
        secrets.add(code);

        tellEverything(scene, company);
        loseTables(scene, company);
        scene.clock.advance(Duration.ofHours(2)); // the access token has to be renewed
        tellEverything(scene, company);
        secrets.addAll(scene.quickBooks.tokensGiven());

        var path = "/instances/" + company.id();
        readEverything(scene, company.id());
        say(scene, "POST", "/instances", body); // the code is spent
        say(scene, "POST", "/instances", body.replace("}", ""));
        say(scene, "PATCH", path, "{\"configuration\":{\"event.notification.signature.key\":\"the-new-signature-key\",\"event.x\":1}}");
        say(scene, "PATCH", path, "{\"configuration\":{\"event.notification.signature.key\":\"the-new-signature-key\"}}");
        say(scene, "PATCH", path, "{\"configuration\":{\"event.notification.callback.headers\":\"the-header-value\"}}");
        say(scene, "PATCH", path, "{\"configuration\":{\"event.notification.callback.headers\":\"{the-header-value\"}}");
        Webhook.of(event(realm, "invoice.created", "77", "")).signedWith("the-api-secret").postTo(scene.service());
        scene.quickBooks.disconnect(realm);
        scene.clock.advance(Duration.ofHours(2));
        company.poll();
        readEverything(scene, company.id());
    }

    /** Whatever can be read: the service says itself what that is. */
    private void readEverything(Scene scene, long id) {
        scene.service().get("/openapi").json().get("paths").fields().forEachRemaining(path -> {
            if (path.getValue().has("get")) {
                say(scene, "GET", path.getKey().replaceAll("\\{[^}]*}", String.valueOf(id)), "");
            }
        });
    }

    /** Whatever fails then, nothing of what is under way may be shown. */
    private void loseTables(Scene scene, Company company) {
        var database = scene.service().bean(JdbcClient.class);
        for (var table : List.of("event", "delivery", "oauth_token", "poll_cursor", "instance")) {
            database.sql("alter table " + table + " rename to away").update();
            company.books().create("Invoice");
            say(scene, "POST", "/instances/" + company.id() + "/poll", "");
            Webhook.of(event(company.realm(), "invoice.deleted", "6", scene.clock.instant().toString())).postTo(scene.service());
            say(scene, "PATCH", "/instances/" + company.id(), "{\"configuration\":{\"x.password\":\"the-unknown-token\"}}");
            database.sql("alter table away rename to " + table).update();
            company.poll();
        }
    }

    /** A poll and a webhook: each notification is refused, then cut off, then taken. */
    private static void tellEverything(Scene scene, Company company) {
        var tries = new ConcurrentHashMap<String, Integer>();
        scene.receiver.answer(received -> switch (tries.merge(received.header("Elements-Webhook-Id").orElseThrow(), 1, Integer::sum)) {
            case 1 -> Reply.status(500).withBody("text/plain",
                    "What I got: " + received.headers() + "; what I know: the-signature-key the-basic-password");
            case 2 -> Reply.cut();
            default -> Reply.ok();
        });
        company.books().create("Invoice");
        company.poll();
        Webhook.of(event(company.realm(), "invoice.deleted", "5", scene.clock.instant().toString())).postTo(scene.service());
        for (int tried = 1; tried <= 3; tried++) {
            int times = tried;
            await().atMost(SOON).until(() -> tries.containsValue(times));
            scene.clock.advance(Duration.ofMinutes(2));
        }
        scene.receiver.answerOk();
    }

    private void say(Scene scene, String method, String path, String body) {
        answers.add(scene.service().call(method, path, body).text());
    }

    private void search(Scene scene, CapturedOutput log) {
        assertThat(secrets).doesNotContainNull().hasSizeGreaterThan(16).doesNotHaveDuplicates();
        assertThat(DatabaseDump.of(scene.service().bean(DataSource.class))).contains("9130359999").doesNotContain(secrets);
        assertThat(answers).hasSizeGreaterThan(40);
        assertThat(String.join("\n", answers)).contains("********").doesNotContain(secrets);
        assertThat(attributes()).contains("java.lang:type=Runtime").doesNotContain(secrets);
        assertThat(log.getAll()).contains("reconnect-needed").doesNotContain(secrets);
    }

    private static String attributes() {
        var all = new StringBuilder();
        var server = ManagementFactory.getPlatformMBeanServer();
        server.queryNames(null, null).forEach(name -> {
            try {
                for (var attribute : server.getMBeanInfo(name).getAttributes()) {
                    all.append(name).append(' ').append(attribute.getName()).append('=')
                            .append(text(server, name, attribute.getName())).append('\n');
                }
            } catch (JMException gone) {
                // between the two calls
            }
        });
        return all.toString();
    }

    private static String text(MBeanServer server, ObjectName name, String attribute) {
        try {
            var value = server.getAttribute(name, attribute);
            return value instanceof Object[] array ? Arrays.deepToString(array) : Objects.toString(value);
        } catch (JMException | RuntimeException notReadable) {
            return "";
        }
    }
}
