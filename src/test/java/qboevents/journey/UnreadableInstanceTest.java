// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.simulator.Reply;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** One instance that cannot be read, such as one whose secrets do not open. */
class UnreadableInstanceTest {

    @OnEachDatabase
    void holdsUpNeitherTheOthersNorItselfForLongerThanThat(TestDatabase database) {
        try (var scene = Scene.on(database, "events.polling.lease=3s", Scene.OWN_TIMERS)) {
            for (var each : List.of(Map.of("event.poller.strategy", "query"), Map.of("event.poller.strategy", "cdc"))) {
                var companies = Stream.generate(() -> scene.connect(each, "invoices").poll()).limit(4).toList();
                companies.forEach(company -> company.books().create("Invoice"));
                var broken = companies.get(1);
                var jdbc = scene.service().bean(JdbcClient.class);
                var secrets = jdbc.sql("select secrets from instance where id = ?").param(broken.id()).query(String.class).single();
                seal(jdbc, broken, "v2:00000000:AAAA");
                jdbc.sql("update poll_cursor set due_at = :now where instance_id = any(:ids)")
                        .param("now", scene.serviceClock().instant().atOffset(ZoneOffset.UTC))
                        .param("ids", companies.stream().map(Company::id).toArray(Long[]::new)).update();

                companies.stream().filter(company -> company != broken).forEach(company -> company.awaitTold("invoices 1|0"));
                assertThat(broken.told()).isEmpty();

                seal(jdbc, broken, secrets);
                await().atMost(SOON).until(() -> !broken.told().isEmpty());
            }
        }
    }

    @OnEachDatabase
    void isSentNothingWhileTheOthersAreAfterARestart(TestDatabase database) {
        try (var scene = Scene.on(database)) {
            var broken = scene.connect("invoices").poll();
            var sound = scene.connect("invoices").poll();
            scene.receiver.answer(Reply.status(503));
            for (var company : List.of(broken, sound)) {
                company.books().create("Invoice");
                company.poll().awaitAtLeastTold("invoices 1|0");
            }
            var jdbc = scene.service().bean(JdbcClient.class);
            var secrets = jdbc.sql("select secrets from instance where id = ?").param(broken.id()).query(String.class).single();
            seal(jdbc, broken, secrets.substring(0, secrets.lastIndexOf(':') + 1) + "AAAA"); // with a key that is known, or nothing starts
            scene.restartAfter(() -> {
                scene.receiver.answerOk();
                scene.receiver.forget();
                scene.clock.advance(Duration.ofMinutes(1));
            });

            sound.awaitTold("invoices 1|0");
            sound.books().create("Invoice");
            sound.poll().awaitTold("invoices 1|0", "invoices 2|0");
            assertThat(broken.told()).isEmpty();

            seal(scene.service().bean(JdbcClient.class), broken, secrets);
            broken.awaitTold("invoices 1|0");
        }
    }

    private static void seal(JdbcClient database, Company company, String secrets) {
        database.sql("update instance set secrets = ?, revision = revision + 1 where id = ?").param(secrets).param(company.id()).update();
    }
}
