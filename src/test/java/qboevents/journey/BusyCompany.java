// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import qboevents.simulator.CallbackReceiver;
import qboevents.simulator.Change;
import qboevents.simulator.Ledger;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.simulator.Received;
import qboevents.testing.ServiceProcess;
import qboevents.testing.TestService;

/** A connected company from both ends: its books, written by an office, and the receiver that is told of them. */
final class BusyCompany implements AutoCloseable {

    private final String realmId;
    private final Told told;
    private final Map<String, String> resourceOf;
    private final Ledger ledger;
    private final Office office;
    private final Arrivals arrivals;
    private final CallbackReceiver receiver = new CallbackReceiver().keepingNothing();

    /** @param resourceOf resource names by entity, all that the office writes and the service polls */
    BusyCompany(QuickBooksSimulator quickBooks, String realmId, Told told, Map<String, String> resourceOf, long seed) {
        this.realmId = realmId;
        this.told = told;
        this.resourceOf = resourceOf;
        this.ledger = quickBooks.ledger(realmId);
        this.office = new Office(ledger, resourceOf.keySet().stream().sorted().toList(), seed);
        this.arrivals = new Arrivals(seed + 1, told::states);
        receiver.answer(arrivals::answer);
    }

    /** @return the instance's id */
    long connect(ServiceProcess service, QuickBooksSimulator quickBooks, String minutes) {
        var keys = new HashMap<>(told.configuration);
        keys.put("event.poller.refresh_interval", minutes);
        keys.put("event.poller.urls", String.join(",", resourceOf.values()));
        var request = TestService.connecting(realmId, quickBooks.authorize(realmId), receiver.url(), keys);
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

    /** What must have arrived by now. */
    List<String> lost() {
        var taken = Set.copyOf(arrivals.taken());
        return told.owed(ledger).stream()
                .filter(each -> !taken.contains(state(each)))
                .map(each -> realmId + ": " + state(each) + " of " + each.lastUpdated() + " has not arrived")
                .toList();
    }

    /** What must not have arrived, or not so. */
    List<String> wrong() {
        var wrong = new ArrayList<>(invented());
        overtaken().forEach(each -> wrong.add(realmId + ": taken after a later state of the same object: " + each));
        return wrong;
    }

    /** What nobody wrote, or what was told under two ids. */
    List<String> invented() {
        var wrong = new ArrayList<String>();
        var written = written();
        arrivals.seen().stream().filter(each -> !written.containsKey(each))
                .forEach(each -> wrong.add(realmId + ": " + each + " was never in the books"));
        arrivals.underTwoEventIds().stream()
                .filter(each -> !written.containsKey(each.state()) || !written.get(each.state()).withoutRecord())
                .forEach(each -> wrong.add(realmId + ": one state, two event ids: " + each));
        return wrong;
    }

    /** States that were taken after a later one of the same object. */
    List<String> overtaken() {
        var written = written();
        var newest = new HashMap<String, Integer>();
        return arrivals.taken().stream()
                .filter(written::containsKey)
                .filter(state -> newest.merge(written.get(state).object(), written.get(state).shown(), Math::max)
                        > written.get(state).number())
                .toList();
    }

    /** What was sent at a time when a later state of the same object had been taken: {@code taken} of all were, so far. */
    List<String> sentAfterNewer(List<String> states, int taken) {
        var written = written();
        var newest = new HashMap<String, Integer>();
        arrivals.taken().stream().limit(taken).filter(written::containsKey).map(written::get)
                .forEach(each -> newest.merge(each.object(), each.shown(), Math::max));
        return states.stream().filter(written::containsKey)
                .filter(state -> newest.getOrDefault(written.get(state).object(), -1) > written.get(state).number())
                .map(state -> realmId + ": " + state)
                .toList();
    }

    List<String> states(Received received) {
        return told.states(received);
    }

    @Override
    public void close() {
        office.close();
        receiver.close();
    }

    /**
     * @param number in the order of writing
     * @param withoutRecord told by a word that may mean several changes; the last of them has the number
     */
    private record Written(String object, int number, boolean withoutRecord) {

        /** What is surely not newer than what was told. */
        int shown() {
            return withoutRecord ? -1 : number;
        }
    }

    private Map<String, Written> written() {
        var written = new HashMap<String, Written>();
        var changes = ledger.changes();
        var deleted = changes.stream().filter(Told::isDeletion).map(BusyCompany::object).collect(Collectors.toSet());
        for (int number = 0; number < changes.size(); number++) {
            var change = changes.get(number);
            written.put(state(change), new Written(object(change), number, false));
            if (deleted.contains(object(change)) && !Told.isDeletion(change)) {
                for (var state : told.withoutRecord(resourceOf.get(change.entity()), change)) {
                    written.put(state, new Written(object(change), number, true));
                }
            }
        }
        return written;
    }

    private static String object(Change change) {
        return change.entity() + " " + change.id();
    }

    private String state(Change change) {
        return told.state(realmId, resourceOf.get(change.entity()), change);
    }
}
