// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import qboevents.simulator.Call;
import qboevents.simulator.CdcFault;
import qboevents.simulator.Cut;
import qboevents.simulator.Fault;
import qboevents.simulator.Ledger;
import qboevents.simulator.QuickBooksSimulator;

/** What goes wrong at QuickBooks next. */
final class ChanceOfTrouble {

    private static final List<String> ENTITIES = List.of("Invoice", "Customer", "Bill", "Payment", "Item", "SalesReceipt");

    /** Less than the overlap, 5 minutes. */
    private static final int LONGEST_LAG = 240;

    private final Random random;
    private final QuickBooksSimulator quickBooks;
    private final Ledger books;
    private final boolean prompt;
    private int count;

    /** @param prompt what has changed is shown at once, as where webhooks tell of it */
    ChanceOfTrouble(Random random, QuickBooksSimulator quickBooks, Ledger books, boolean prompt) {
        this.random = random;
        this.quickBooks = quickBooks;
        this.books = books;
        this.prompt = prompt;
    }

    /** Faults that QuickBooks has shown so far. */
    int count() {
        return count;
    }

    void strike() {
        books.keepingLosers(random.nextBoolean());
        quickBooks.cdc()
                .cutting(any(List.of(Cut.values())))
                .emptyGroups(random.nextBoolean())
                .totalOfEachGroup(random.nextBoolean())
                .exclusive(random.nextInt(4) == 0);
        if (random.nextInt(3) == 0) {
            quickBooks.clearFaults();
        }
        if (random.nextBoolean()) {
            late();
        }
        switch (random.nextInt(4)) {
            case 0 -> count(quickBooks.cdc().failing(any(ENTITIES), entityFault()));
            case 1, 2 -> count(quickBooks.fail(scoped(fault()).times(1 + random.nextInt(6))));
            default -> { }
        }
    }

    private void count(Object ignored) {
        count++;
    }

    private void late() {
        if (!prompt) {
            books.lagging(Duration.ofSeconds(LONGEST_LAG / 2 + random.nextInt(LONGEST_LAG / 2)));
        }
    }

    private CdcFault entityFault() {
        var fault = random.nextBoolean() ? CdcFault.system() : CdcFault.error("5030", "Feature Not Supported Error");
        var placed = fault.in(any(List.of(CdcFault.Place.values())));
        return random.nextBoolean() ? placed.unnamed() : placed;
    }

    private Fault fault() {
        return any(List.of(
                Fault.throttled(), Fault.throttled().withRetryAfter("60"), Fault.throttled().inXml(), Fault.status(500),
                Fault.status(502).inHtml(), Fault.status(503), Fault.htmlInOk(), Fault.faultInOk(), Fault.halfBody(),
                Fault.cutChunks(), Fault.reset(), Fault.lostAnswer(), Fault.withoutTime(), Fault.unauthorized(),
                Fault.error(400, "5030", "Feature Not Supported Error"), Fault.body(200, "application/json", "")));
    }

    private Fault scoped(Fault fault) {
        return switch (random.nextInt(4)) {
            case 0 -> fault.onlyFor(Call.Kind.CDC);
            case 1 -> fault.onlyFor(Call.Kind.QUERY);
            case 2 -> fault.forEntity(any(ENTITIES));
            default -> fault;
        };
    }

    /** Nothing goes wrong any more. */
    void end() {
        quickBooks.clearFaults();
        quickBooks.cdc().exclusive(false);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
