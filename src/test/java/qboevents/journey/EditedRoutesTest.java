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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import qboevents.simulator.Fault;
import qboevents.simulator.Reply;
import qboevents.testing.ApiClient;
import qboevents.testing.TestDatabase;

/** The routes are edited while the service runs. */
class EditedRoutesTest {

    private static final String FILE = "deposits.camel.yaml";
    private static final Duration SLOW = Duration.ofSeconds(8);

    /** Two seconds on a machine that has nothing else to do. */
    private static final Duration AT_ONCE = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static ConfigMap routes;
    private static Map<String, String> shipped;
    private static Scene scene;

    @BeforeAll
    static void start() {
        routes = new ConfigMap(folder);
        shipped = routes.texts();
        scene = Scene.on(TestDatabase.H2, "events.routes.folder=" + folder);
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @AfterEach
    void asShipped() {
        if (!routes.texts().equals(shipped)) {
            var since = view().get("since").asText();
            boolean refused = !view().get("refused").isNull();
            routes.reset(shipped).apply();
            await().atMost(AT_ONCE).until(() -> view().get("refused").isNull() && (refused || !view().get("since").asText().equals(since)));
        }
    }

    private static JsonNode view() {
        var answer = scene.service().get("/routes");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    /** @return how long it took */
    private static Duration takenOver(Runnable edit) {
        var since = view().get("since").asText();
        var begun = Instant.now();
        edit.run();
        await().pollInterval(Duration.ofMillis(20)).atMost(AT_ONCE).until(() -> !view().get("since").asText().equals(since));
        var took = Duration.between(begun, Instant.now());
        assertThat(view().get("refused").isNull()).as(view().get("refused").toString()).isTrue();
        return took;
    }

    private static String refused(Runnable edit) {
        edit.run();
        await().atMost(AT_ONCE).until(() -> !view().get("refused").isNull());
        return view().get("refused").get("message").asText().replace(folder + "/", "");
    }

    private static String state(String route) {
        return StreamSupport.stream(view().get("routes").spliterator(), false)
                .filter(each -> each.get("id").asText().equals(route))
                .map(each -> each.get("state").asText()).findFirst().orElse("none");
    }

    private static CamelContext camel() {
        return scene.service().bean(CamelContext.class);
    }

    private static JsonNode pollerRecord(Company company, String resource) {
        var records = scene.service().get("/instances/" + company.id() + "/event-poller-records").json();
        return StreamSupport.stream(records.spliterator(), false)
                .filter(each -> each.get("resource").asText().equals(resource)).findFirst().orElseThrow();
    }

    private static String metadata() {
        return scene.service().get("/elements/quickbooks/metadata").text();
    }

    private static JsonNode health() {
        return machine().get("/actuator/health").json().at("/components/routes");
    }

    private static ApiClient machine() {
        return new ApiClient(scene.service().base().replace("/elements/api-v2", ""), ApiClient.platform(scene.service()).authorization());
    }

    private static boolean isPolling() {
        return !machine().get("/actuator/prometheus").text().contains("workers_active{kind=\"poll\"} 0.0");
    }

    @Test
    void pollsAResourceFromWhenItIsAddedKeepsItsCursorWhileItIsRemovedAndGoesOnWhenItComesBack() {
        var everything = scene.connect();
        var untouched = camel().getRoute("invoices");

        var took = takenOver(() -> routes.with(FILE, DEPOSITS).apply());

        assertThat(took).isLessThan(Duration.ofSeconds(5));
        assertThat(metadata()).contains("\"deposits\"");
        assertThat(camel().getRoute("invoices")).as("a route that nobody edited").isSameAs(untouched);
        everything.poll();
        everything.books().create("Deposit");
        everything.poll();
        everything.awaitTold("deposits 1|0");
        var named = scene.connect("deposits", "invoices").poll();
        var cursor = pollerRecord(named, "deposits").get("cursor").asText();

        takenOver(() -> routes.without(FILE).apply());

        assertThat(metadata()).doesNotContain("\"deposits\"");
        assertThat(state("deposits")).isEqualTo("none");
        var resting = pollerRecord(named, "deposits");
        assertThat(resting.get("stopped").asBoolean()).isTrue();
        assertThat(resting.get("stoppedReason").asText()).contains("no route of the node that answers offers it");
        assertThat(resting.get("cursor").asText()).isEqualTo(cursor);
        named.books().create("Deposit");
        named.ask("");
        named.poll("invoices");
        assertThat(scene.service().call("PATCH", "/instances/" + everything.id(), "{\"name\":\"renamed\"}").status()).isEqualTo(200);

        takenOver(() -> routes.with(FILE, DEPOSITS).apply());

        named.awaitTold("deposits 1|0");
        assertThat(pollerRecord(named, "deposits").get("stopped").asBoolean()).isFalse();
        everything.books().create("Deposit");
        everything.poll();
        everything.awaitTold("deposits 1|0", "deposits 2|0");
    }

    @Test
    void refusesAnEditAsAWholeTellsAllThatIsWrongAndGoesOn() {
        var company = scene.connect("invoices").poll();

        var message = refused(() -> routes.with(FILE, DEPOSITS)
                .with("transfers.camel.yaml", DEPOSITS.replace("deposits", "transfers").replace("Deposit", "Transfer")
                        .replace("direct:poll", "direct:pol"))
                .replace("resources.camel.yaml", "id: bills", "id: Bills").apply());

        assertThat(message).contains("The routes folder has 2 problems:",
                "transfers.camel.yaml:8", "sends to direct:pol, which no route reads. Did you mean direct:poll?",
                "resources.camel.yaml:", "must be lower case with dashes: bills.");
        assertThat(metadata()).doesNotContain("deposits").contains("\"bills\"");
        assertThat(state("deposits")).isEqualTo("none");
        assertThat(health().get("status").asText()).isEqualTo("ATTENTION");
        assertThat(health().at("/details/refused").toString()).contains("Did you mean direct:poll?");
        company.books().create("Invoice");
        company.poll();
        company.awaitTold("invoices 1|0");

        takenOver(() -> routes.replace("transfers.camel.yaml", "direct:pol", "direct:poll")
                .replace("resources.camel.yaml", "id: Bills", "id: bills").apply());

        assertThat(metadata()).contains("\"deposits\"", "\"transfers\"");
        assertThat(health().get("status").asText()).isEqualTo("UP");
    }

    @Test
    void takesTheRefusalBackWhenTheEditIsUndone() {
        refused(() -> routes.with(FILE, DEPOSITS.replace("direct:poll", "direct:pol")).apply());

        routes.without(FILE).apply();

        await().atMost(AT_ONCE).until(() -> view().get("refused").isNull());
    }

    /** Camel finds the one fault only when it makes the timer, after the old routes have been taken off. */
    @Test
    void goesBackWhenCamelRefusesARouteInTheMiddle() {
        var company = scene.connect("bills", "invoices").poll();

        var message = refused(() -> routes.with(FILE, DEPOSITS)
                .with("polls.camel.yaml", routes.text("resources.camel.yaml"))
                .without("resources.camel.yaml")
                .replace("polls.camel.yaml", "    id: bills\n", "    id: bills\n    description: edited\n")
                .replace("polls.camel.yaml", "uri: quartz:poll/Invoice\n      parameters:\n        cron: \"{{events.polling.tick}}\"",
                        "uri: quartz:poll/Invoice\n      parameters:\n        cron: \"* * * * * ?\"\n        customCalendar: \"#none\"")
                .apply());

        assertThat(message).contains("The routes folder has 1 problem:", "cannot be built by Camel");
        assertThat(state("deposits")).isEqualTo("none");
        assertThat(camel().getRoute("bills").getDescription()).isNull();
        assertThat(health().at("/details/stopped").isMissingNode()).isTrue();
        company.books().create("Invoice");
        company.books().create("Bill");
        company.poll();
        company.awaitTold("invoices 1|0", "bills 1|0");
    }

    @Test
    void endsAPollAndADeliveryThatAreUnderWayAndLosesNone() {
        var read = scene.connect(Map.of("event.poller.start", "beginning"), "invoices");
        var sent = scene.connect(Map.of("event.poller.start", "beginning"), "invoices");
        scene.receiver.answer(each -> each.path().endsWith(sent.realm()) ? Reply.ok().after(SLOW) : Reply.ok());
        sent.books().create("Invoice");
        sent.poll();
        await().atMost(SOON).until(() -> sent.received().size() == 1);
        var made = read.books().create("Invoice", 3);
        var fault = scene.quickBooks.fail(Fault.slow(SLOW).forRealm(read.realm()));
        read.ask("");
        await().atMost(SOON).until(EditedRoutesTest::isPolling);

        edited("polling.camel.yaml", "read-company", "read-group", "read-changes-together", "read-changes", "read-page", "poll");
        var took = takenOver(routes::apply);
        edited("delivery.camel.yaml", "send", "deliver", "post", "due-deliveries", "wake-delivery");
        takenOver(routes::apply);

        assertThat(took).as("does not wait").isLessThan(SLOW);
        fault.clear();
        read.awaitTold(Company.words("invoices", made));
        assertThat(read.pollerRecord("invoices").lastError()).isEmpty();
        assertThat(read.pollerRecord("invoices").calls()).as("read once").isEqualTo(1);
        await().atMost(SOON).until(() -> status(sent).equals("NOTIFIED"));
        assertThat(sent.received()).as("sent once").hasSize(1);
        scene.receiver.answerOk();
        read.books().create("Invoice");
        read.poll();
        await().atMost(SOON).until(() -> read.told().size() == 4);
    }

    private static void edited(String file, String... ids) {
        for (var id : ids) {
            routes.with(file, routes.text(file).replaceFirst("    id: " + id + "\n(    description: .*\n)?",
                    "    id: " + id + "\n    description: edited\n"));
        }
    }

    private static String status(Company company) {
        return scene.service().get("/instances/" + company.id() + "/events").json().at("/0/status").asText();
    }

    @Test
    void answersEveryRequestWhileItsRouteIsExchangedAndNoneWhenItIsGone() {
        var done = new CompletableFuture<Void>();
        var numbers = answers(done, () -> scene.service().get("/notifications/numbers").status());
        var views = answers(done, () -> scene.service().get("/routes").status());
        var healths = answers(done, () -> machine().get("/actuator/health").status());

        for (int i = 0; i < 5; i++) {
            int number = i;
            takenOver(() -> routes
                    .with("numbers.camel.yaml", shipped.get("numbers.camel.yaml").replaceFirst("description: .*", "description: " + number))
                    .with("resources.camel.yaml", shipped.get("resources.camel.yaml").replaceAll("( id: .*\n)", "$1    description: " + number + "\n"))
                    .apply());
        }
        done.complete(null);
        assertThat(numbers.join()).hasSizeGreaterThan(20).containsOnly(200);
        assertThat(views.join()).hasSizeGreaterThan(20).containsOnly(200);
        assertThat(healths.join()).hasSizeGreaterThan(20).containsOnly(200);

        takenOver(() -> routes.without("numbers.camel.yaml").apply());
        assertThat(scene.service().get("/notifications/numbers").status()).isEqualTo(404);
    }

    private static CompletableFuture<List<Integer>> answers(CompletableFuture<Void> done, Supplier<Integer> question) {
        return CompletableFuture.supplyAsync(() -> {
            var answers = new ArrayList<Integer>();
            while (!done.isDone()) {
                answers.add(question.get());
            }
            return answers;
        });
    }

    @Test
    void exchangesWhoeverUsesAConfigurationThatWasEdited() {
        var untouched = camel().getRoute("poll");

        takenOver(() -> routes.with("errors.camel.yaml", shipped.get("errors.camel.yaml").replace(
                "method: of(${exception}, ${header.Elements-Request-Id})\n            - to: direct:answer-failure",
                "method: of(${exception}, ${header.Elements-Request-Id})\n            - to: direct:answer-failure\n"
                        + "            - setHeader:\n                name: X-Edited\n                constant: \"yes\"")).apply());

        assertThat(ApiClient.platform(scene.service()).get("/instances/0").header("X-Edited")).contains("yes");
        assertThat(camel().getRoute("poll")).isSameAs(untouched);
    }

    @Test
    void leavesStoppedWhatSomebodyHasStopped() throws Exception {
        camel().getRouteController().stopRoute("vendors");

        edited("resources.camel.yaml", "vendors");
        takenOver(routes::apply);

        assertThat(state("vendors")).isEqualTo("stopped");
        assertThat(health().at("/details/stopped").toString()).isEqualTo("[\"vendors\"]");
        camel().getRouteController().startRoute("vendors");
        assertThat(state("vendors")).isEqualTo("started");
        var company = scene.connect("vendors").poll();
        company.books().create("Vendor");
        company.poll();
        company.awaitTold("vendors 1|0");
    }

    @Test
    void takesAFileThatIsEmptiedBeforeItIsWritten() {
        takenOver(() -> routes.writeInPlace("numbers.camel.yaml",
                shipped.get("numbers.camel.yaml").replaceFirst("description: .*", "description: in place")));

        assertThat(camel().getRoute("read-numbers").getDescription()).isEqualTo("in place");
    }

    @Test
    void refusesWhatOnlyAStartCanTake() {
        var message = refused(() -> routes.with("beans.camel.yaml", """
                - beans:
                    - name: another
                      type: java.util.Date
                """).apply());

        assertThat(message).contains("beans.camel.yaml:1", "beans is taken over at a start only.");
    }

    @Test
    void refusesATextThatIsNotThere() {
        var message = refused(() -> routes.replace("polling.camel.yaml", "sql/claim-cursors.sql", "sql/claim-cursor.sql").apply());

        assertThat(message).contains("polling.camel.yaml:", "Did you mean classpath:sql/claim-cursors.sql?");
        assertThat(health().at("/details/refused").toString()).contains("claim-cursor.sql");
    }

    @Test
    void refusesAFileThatIsALinkToNothing() throws IOException {
        var file = folder.resolve("deposits.camel.yaml");
        try {
            var message = refused(() -> link(file));

            assertThat(message).contains("deposits.camel.yaml", "what it leads to is not there");
            assertThat(metadata()).contains("\"bills\"");
        } finally {
            Files.delete(file);
        }
        await().atMost(AT_ONCE).until(() -> view().get("refused").isNull());
    }

    private static void link(Path file) {
        try {
            Files.createSymbolicLink(file, file.resolveSibling("gone"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void tellsOnceOfAnEditAtWhichTheCheckItselfFails(CapturedOutput output) {
        camel().getRegistry().bind("moody", Object.class, () -> {
            throw new IllegalStateException("not today");
        });

        var message = refused(() -> routes.with(FILE, DEPOSITS.replace("        - to", "        - bean:\n            ref: moody\n        - to")).apply());

        assertThat(message).contains("cannot be checked", "not today");
        assertThat(health().at("/details/refused").toString()).contains("not today");
        var at = view().get("refused").get("at").asText();
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10)).until(() -> view().get("refused").get("at").asText().equals(at));
        assertThat(output.getOut().split("The routes cannot be checked", -1)).as("told once").hasSize(2);
    }
}
