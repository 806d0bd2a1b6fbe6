// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.database.SqlTime;
import qboevents.simulator.Reply;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** A lane is taken over of which more waits for its retry than a node remembers. */
class CrowdedLaneTest {

    private static final int MANY = 300;

    @OnEachDatabase
    void sendsAllOfItAndNothingNewerBeforeWhatWasNotReadYet(TestDatabase database) {
        try (var scene = Scene.on(database, "events.delivery.retry=1h,1h", "events.delivery.retries-in-memory=500")) {
            var company = scene.connect(Map.of("event.poller.start", "beginning", "event.notification.batch.size", "1"), "invoices");
            scene.receiver.answer(Reply.status(500));
            company.books().create("Invoice", MANY);
            company.poll();
            var last = company.books().create("Invoice").id();
            company.poll();
            var jdbc = scene.service().bean(JdbcClient.class);
            jdbc.sql("update delivery set status = 'retry', attempts = 1, next_attempt_at = created_at").update();
            jdbc.sql("update delivery set next_attempt_at = :later where id = (select max(id) from delivery)")
                    .param("later", SqlTime.utc(scene.clock.instant().plus(Duration.ofMinutes(30)))).update();
            scene.restartAfter(scene.receiver::answerOk);
            company.books().update("Invoice", last);
            var other = company.books().create("Invoice").id();
            company.poll();

            company.awaitAtLeastTold("invoices " + other + "|0"); // the lane goes on when all is here that it has to wait for
            assertThat(company.told()).doesNotContain("invoices " + last + "|1");
            scene.clock.advance(Duration.ofHours(2)); // one may have been refused meanwhile, and be late

            company.awaitAtLeastTold("invoices " + last + "|1");
            company.awaitAtLeastTold(IntStream.rangeClosed(1, MANY).mapToObj(id -> "invoices " + id + "|0").toArray(String[]::new));
            var told = company.told();
            assertThat(told.lastIndexOf("invoices " + last + "|0")).isBetween(told.indexOf("invoices " + other + "|0"),
                    told.indexOf("invoices " + last + "|1"));
        }
    }
}
