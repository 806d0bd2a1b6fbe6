// SPDX-License-Identifier: Apache-2.0
package demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import qboevents.simulator.Ledger;

/** Does what happens in an office: new bills and invoices, corrections, payments, a customer who is no longer one. */
final class Bookkeeper implements Runnable {

    private static final List<String> PAPERS = List.of("Bill", "Invoice", "Customer", "Vendor", "Payment", "JournalEntry", "Item");

    private final Ledger ledger;
    private final Random random = new Random();
    private final List<String[]> known = new ArrayList<>();

    Bookkeeper(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void run() {
        if (known.size() < 3 || random.nextInt(10) < 5) {
            var entity = PAPERS.get(random.nextInt(PAPERS.size()));
            known.add(new String[] {entity, ledger.create(entity).id()});
            return;
        }
        var one = known.get(random.nextInt(known.size()));
        if (one[0].equals("Invoice") && random.nextBoolean()) {
            ledger.pay(one[1]);
        } else if (one[0].equals("Vendor") && random.nextInt(4) == 0) {
            ledger.deactivate(one[0], one[1]);
        } else {
            ledger.update(one[0], one[1]);
        }
    }
}
