// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.simulator.Change;

/** What Intuit tells of one company in one POST: {@code Telling.to(company).of(invoice, "created").post()}. */
final class Telling {

    private final Company company;
    private final List<String> events = new ArrayList<>();

    private Telling(Company company) {
        this.company = company;
    }

    static Telling to(Company company) {
        return new Telling(company);
    }

    /** Dated a moment after the record, as Intuit does. */
    Telling of(Change change, String word) {
        return of(change.entity(), change.id(), word, change.lastUpdated().plusMillis(300));
    }

    Telling of(String entity, String id, String word, Instant time) {
        events.add(Webhook.event(company.realm(), entity.toLowerCase(Locale.ROOT) + "." + word, id, time.toString()));
        return this;
    }

    void post() {
        assertThat(Webhook.of(events.toArray(String[]::new)).postTo(company.scene().service())).isEqualTo(200);
    }

    /** What was told of the company and is not read yet: why not, or nothing where nothing went wrong so far. */
    static List<String> unread(Company company) {
        return company.scene().service().bean(JdbcClient.class)
                .sql("select coalesce(last_error, '') from unread_change where instance_id = :instance")
                .param("instance", company.id())
                .query(String.class)
                .list();
    }

    static void awaitAllRead(Company company) {
        await().atMost(SOON).untilAsserted(() -> assertThat(unread(company)).isEmpty());
    }
}
