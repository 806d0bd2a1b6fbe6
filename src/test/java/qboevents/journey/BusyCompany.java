// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import qboevents.simulator.CallbackReceiver;
import qboevents.simulator.Change;
import qboevents.simulator.Ledger;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.testing.ServiceProcess;
import qboevents.testing.TestService;

/** A connected company from both ends: its books, written by an office, and the receiver that is told of them. */
final class BusyCompany implements AutoCloseable {

    private final String realmId;
    private final Map<String, String> resourceOf;
    private final Ledger ledger;
    private final Office office;
    private final Arrivals arrivals;
    private final CallbackReceiver receiver = new CallbackReceiver().keepingNothing();

    /** @param resourceOf resource names by entity, all that the office writes and the service polls */
    BusyCompany(QuickBooksSimulator quickBooks, String realmId, Map<String, String> resourceOf, long seed) {
        this.realmId = realmId;
        this.resourceOf = resourceOf;
        this.ledger = quickBooks.ledger(realmId);
        this.office = new Office(ledger, resourceOf.keySet().stream().sorted().toList(), seed);
        this.arrivals = new Arrivals(seed + 1);
        receiver.answer(arrivals::answer);
    }

    /** @return the instance's id */
    long connect(ServiceProcess service, QuickBooksSimulator quickBooks, String minutes) {
        var request = TestService.connecting(realmId, quickBooks.authorize(realmId), receiver.url(), Map.of(
                "event.poller.refresh_interval", minutes, "event.poller.urls", String.join(",", resourceOf.values())));
        var answer = service.call("POST", "/instances", request);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().get("id").asLong();
    }

    CallbackReceiver receiver() {
        return receiver;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    int statesWritten() {
        return ledger.changes().size();
    }

    void open() {
        office.open();
    }

    /** Nothing changes any more, and everything is taken. */
    void rest() {
        office.close();
        arrivals.calmDown();
    }

    /** What was superseded before anybody read it need not be told; what stands in the books now must be. */
    List<String> lost() {
        return ledger.latest().stream()
                .filter(each -> !arrivals.hasTaken(state(each)))
                .map(each -> realmId + ": " + state(each) + " of " + each.lastUpdated() + " has not arrived")
                .toList();
    }

    /** What must not have arrived, or not so. */
    List<String> wrong() {
        var wrong = new ArrayList<String>();
        var written = written();
        arrivals.seen().stream().filter(each -> !written.contains(each))
                .forEach(each -> wrong.add(realmId + ": " + each + " was never in the books"));
        if (arrivals.overtaken() > 0) {
            wrong.add(realmId + ": " + arrivals.overtaken() + " states were taken after a later state of the same object");
        }
        arrivals.underTwoEventIds().forEach(each -> wrong.add(realmId + ": one state, two event ids: " + each));
        return wrong;
    }

    @Override
    public void close() {
        office.close();
        receiver.close();
    }

    private Set<String> written() {
        return ledger.changes().stream().map(this::state).collect(Collectors.toSet());
    }

    private String state(Change change) {
        return Arrivals.state(resourceOf.get(change.entity()), change.objectId());
    }
}
