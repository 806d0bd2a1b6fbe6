// SPDX-License-Identifier: Apache-2.0
package demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import qboevents.simulator.Ledger;

/**
 * Does what happens in an office: new bills and invoices, corrections, payments, now and then something voided, deleted or
 * entered twice, a customer who is no longer one.
 */
final class Bookkeeper implements Runnable {

    private record Paper(String entity, String id) {}

    private static final List<String> PAPERS = List.of("Bill", "Invoice", "Customer", "Vendor", "Payment", "JournalEntry", "Item");
    private static final Set<String> LISTS = Set.of("Customer", "Vendor", "Item");
    private static final Set<String> VOIDABLE = Set.of("Invoice", "Payment");

    private final Ledger ledger;
    private final Random random = new Random();
    private final List<Paper> known = new ArrayList<>();
    private int runs;

    Bookkeeper(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void run() {
        runs++;
        if (runs % 12 == 0 && discard()) {
            return;
        }
        if (known.size() < 3 || random.nextInt(10) < 5) {
            var entity = PAPERS.get(random.nextInt(PAPERS.size()));
            known.add(new Paper(entity, ledger.create(entity).id()));
            return;
        }
        var one = known.get(random.nextInt(known.size()));
        if (LISTS.contains(one.entity())) {
            tidy(one);
        } else {
            correct(one);
        }
    }

    private void tidy(Paper one) {
        var twin = twin(one);
        switch (random.nextInt(6)) {
            case 0 -> ledger.deactivate(one.entity(), one.id());
            case 1 -> twin.ifPresent(other -> merge(one, other));
            default -> ledger.update(one.entity(), one.id());
        }
    }

    private void correct(Paper one) {
        var dice = random.nextInt(8);
        if (dice == 0) {
            delete(one);
        } else if (dice == 1 && VOIDABLE.contains(one.entity())) {
            ledger.voidIt(one.entity(), one.id());
        } else if (dice < 5 && one.entity().equals("Invoice")) {
            ledger.pay(one.id());
        } else {
            ledger.update(one.entity(), one.id());
        }
    }

    /** A demonstration should not wait for the dice to show a deletion. */
    private boolean discard() {
        var paper = known.stream().filter(each -> !LISTS.contains(each.entity())).findFirst();
        paper.ifPresent(this::delete);
        return paper.isPresent();
    }

    private void delete(Paper one) {
        ledger.delete(one.entity(), one.id());
        known.remove(one);
    }

    private void merge(Paper survivor, Paper loser) {
        ledger.merge(survivor.entity(), survivor.id(), loser.id());
        known.remove(loser);
    }

    private Optional<Paper> twin(Paper one) {
        return known.stream().filter(other -> other.entity().equals(one.entity()) && !other.equals(one)).findFirst();
    }
}
