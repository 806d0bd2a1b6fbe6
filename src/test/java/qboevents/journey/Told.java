// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import qboevents.simulator.Change;
import qboevents.simulator.Ledger;
import qboevents.simulator.Received;
import qboevents.simulator.WebhookEvent;

/** How a company's changes come to the service, and what its receiver has to be told of them in the end. */
enum Told {

    /** What was superseded before anybody read it need not be told, nor what is gone. */
    BY_POLLS(Map.of("event.vendor.type", "polling")) {
        @Override
        List<Change> owed(Ledger books) {
            return books.latest();
        }
    },

    /** What was deleted before its record could be read is told by what the webhook said: by the bare id, and the deletion after it. */
    BY_POLLS_AND_WEBHOOKS(Map.of("event.vendor.type", "hybrid")) {
        @Override
        List<String> withoutRecord(String resource, Change change) {
            var type = change.kind() == Change.Kind.CREATED ? "CREATED" : "UPDATED";
            return List.of(resource + " " + change.id() + " " + type);
        }

        @Override
        List<Change> owed(Ledger books) {
            var owed = new ArrayList<>(books.latest());
            books.changes().stream().filter(Told::isDeletion).forEach(owed::add);
            return owed;
        }
    },

    /** Every change, by the id that Intuit gave to its event. */
    BY_WEBHOOKS(Map.of("event.vendor.type", "webhook")) {
        @Override
        List<Change> owed(Ledger books) {
            return books.changes();
        }

        @Override
        String state(String realmId, String resource, Change change) {
            return resource + " " + WebhookEvent.idOf(realmId, change);
        }

        @Override
        List<String> states(Received received) {
            var resource = received.events().get(0).objectType();
            var states = new ArrayList<String>();
            received.json().at("/message/raw/" + resource).forEach(raw -> states.add(resource + " " + raw.path("id").asText()));
            return states;
        }
    };

    final Map<String, String> configuration;

    Told(Map<String, String> configuration) {
        this.configuration = configuration;
    }

    /** What must have been taken when all is at rest. */
    abstract List<Change> owed(Ledger books);

    /** How a change may be told as well when its object is gone. */
    List<String> withoutRecord(String resource, Change change) {
        return List.of();
    }

    String state(String realmId, String resource, Change change) {
        return resource + " " + (isDeletion(change) ? change.id() + " DELETED" : change.objectId());
    }

    List<String> states(Received received) {
        return received.events().stream()
                .map(each -> each.objectType() + " " + each.objectId()
                        + (each.objectId().contains("|") ? "" : " " + each.eventType()))
                .toList();
    }

    static boolean isDeletion(Change change) {
        return change.kind() == Change.Kind.DELETED;
    }
}
