// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;
import static qboevents.journey.Webhook.event;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.testing.DatabaseLine;
import qboevents.testing.TestDatabase;

/** 200 means that it is on disk. Where it cannot be, Intuit is told so while it still listens, and comes again. */
class WebhookStorageTest {

    private static final Duration INTUITS_PATIENCE = Duration.ofSeconds(3);
    private static final Map<String, String> LISTENING = Map.of("event.vendor.type", "webhook");

    private record Timed(int status, Duration took) {}

    private static Timed post(Webhook webhook, Scene scene) {
        long begun = System.nanoTime();
        int status = webhook.postTo(scene.service());
        return new Timed(status, Duration.ofNanos(System.nanoTime() - begun));
    }

    private static void assertToldToComeAgain(Timed answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.took()).isLessThan(INTUITS_PATIENCE);
    }

    private static Webhook created(Company company, String id) {
        return Webhook.of(event(company.realm(), "invoice.created", id, ""));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tellsIntuitToComeAgainWhilePostgresqlIsGoneOrHangs(boolean hangs) throws IOException {
        try (var line = new DatabaseLine(TestDatabase.POSTGRESQL.freshUrl());
                var scene = Scene.onDatabase(line.url(), Webhook.SETTING)) {
            var company = scene.connect(LISTENING);
            created(company, "1").postTo(scene.service());
            company.awaitTold("invoices 1");

            line.whileIt(hangs ? DatabaseLine.State.SILENT : DatabaseLine.State.CUT, () -> {
                assertToldToComeAgain(post(created(company, "2"), scene));
                assertToldToComeAgain(post(Webhook.ofBody("unreadable"), scene));
            });

            await().atMost(SOON).until(() -> created(company, "2").postTo(scene.service()) == 200);
            company.awaitTold("invoices 1", "invoices 2");
        }
    }

    @Test
    void answersEverybodyInTimeWhilePostgresqlHangs() throws IOException {
        try (var line = new DatabaseLine(TestDatabase.POSTGRESQL.freshUrl());
                var scene = Scene.onDatabase(line.url(), Webhook.SETTING)) {
            var company = scene.connect(LISTENING);
            created(company, "0").postTo(scene.service());
            var threads = Executors.newFixedThreadPool(200);

            line.whileIt(DatabaseLine.State.SILENT, () -> {
                var answers = IntStream.rangeClosed(1, 1000)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() -> post(created(company, "" + i), scene), threads)).toList();
                answers.forEach(answer -> assertToldToComeAgain(answer.join()));
            });
            threads.shutdown();
        }
    }

    /** Nothing is wrong with the database but that it cannot write just now: found out later than that it does not answer. */
    @ParameterizedTest
    @ValueSource(ints = {1, 150})
    void tellsIntuitToComeAgainWhileNothingCanBeWritten(int events) throws SQLException {
        var url = TestDatabase.POSTGRESQL.freshUrl();
        try (var scene = Scene.onDatabase(url, Webhook.SETTING); var other = DriverManager.getConnection(url)) {
            var company = scene.connect(LISTENING);
            var webhook = Webhook.of(IntStream.range(0, events)
                    .mapToObj(i -> event(company.realm(), "invoice.created", "" + i, "")).toArray(String[]::new));
            other.setAutoCommit(false);
            try (var statement = other.createStatement()) {
                statement.execute("lock table event, unreadable_webhook in access exclusive mode");
            }

            assertToldToComeAgain(post(webhook, scene));
            assertToldToComeAgain(post(Webhook.ofBody("unreadable"), scene));
            other.rollback();

            await().atMost(SOON).until(() -> webhook.postTo(scene.service()) == 200);
            company.awaitTold(IntStream.range(0, events).mapToObj(i -> "invoices " + i).toList());
        }
    }

    /** H2 pauses everybody else's statements then. */
    @Test
    void tellsIntuitToComeAgainWhileH2Hangs() throws SQLException {
        var url = TestDatabase.H2.freshUrl();
        try (var scene = Scene.onDatabase(url, Webhook.SETTING)) {
            var company = scene.connect(LISTENING);
            try (var other = DriverManager.getConnection(url, "sa", ""); var statement = other.createStatement()) {
                statement.execute("set exclusive 1");
                var answer = post(created(company, "1"), scene);
                statement.execute("set exclusive 0");
                assertToldToComeAgain(answer);
            }

            await().atMost(SOON).until(() -> created(company, "1").postTo(scene.service()) == 200);
            company.awaitTold("invoices 1");
            assertThat(scene.service().get("/webhooks/quickbooks").json().get("notStored").asLong()).isPositive();
        }
    }

    @Test
    void tellsIntuitToComeAgainWhateverIsWrong() {
        try (var scene = Scene.on(TestDatabase.H2, Webhook.SETTING)) {
            var company = scene.connect(LISTENING);
            var rows = scene.service().bean(JdbcClient.class);
            for (var table : List.of("event", "unreadable_webhook", "instance")) {
                rows.sql("alter table " + table + " rename to hidden").update();
                var webhook = table.equals("unreadable_webhook") ? Webhook.ofBody("unreadable") : created(company, table);

                var answer = webhook.answerOf(scene.service());

                assertThat(answer.statusCode()).as(table).isEqualTo(503);
                assertThat(answer.body()).contains("cannot be stored at the moment; send them again").doesNotContain("hidden", "SQL");
                rows.sql("alter table hidden rename to " + table).update();
                assertThat(webhook.postTo(scene.service())).as(table).isEqualTo(200);
            }
        }
    }
}
