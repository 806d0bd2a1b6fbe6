// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.simulator.Reply;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** What a transaction has kept for an instance while another one deleted that. */
class OwedToDeletedTest {

    @OnEachDatabase
    void isForgotten(TestDatabase database) {
        try (var scene = Scene.on(database)) {
            scene.receiver.answer(Reply.status(503));
            var company = scene.connect("invoices").poll();
            company.books().create("Invoice");
            company.poll().awaitAtLeastTold("invoices 1|0");
            var event = scene.service().bean(JdbcClient.class).sql("select max(id) from event").query(Long.class).single();
            assertThat(scene.service().call("DELETE", "/instances/" + company.id(), "").status()).isEqualTo(200);
            assertThat(owed(scene)).isZero();

            int kept = scene.service().bean(JdbcClient.class).sql("""
                    insert into delivery (id, last_event_id, instance_id, resource, status, attempts, next_attempt_at, created_at)
                    select id, id, instance_id, resource, 'due', 0, recorded_at, recorded_at from event where id = ?
                    """).param(event).update();

            assertThat(kept).isOne();
            await().atMost(SOON).until(() -> owed(scene) == 0);
        }
    }

    private static long owed(Scene scene) {
        return scene.service().bean(JdbcClient.class).sql("select count(*) from delivery").query(Long.class).single();
    }
}
