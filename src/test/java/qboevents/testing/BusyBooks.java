// SPDX-License-Identifier: Apache-2.0
package qboevents.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import qboevents.simulator.Change;
import qboevents.simulator.Ledger;

/** People at work in a company's books: what they do is random, and the same for the same seed. */
public final class BusyBooks {

    /** By the resource's name; an entity is changed the oftener the earlier it stands. */
    public static final Map<String, String> ENTITIES = entities();

    private static final Set<String> LISTS = Set.of("Class", "Term", "CompanyCurrency", "Customer", "Employee", "Account",
            "PaymentMethod", "Item", "TaxCode", "TaxRate", "Vendor");
    private static final Set<String> MERGEABLE =
            Set.of("Account", "Class", "Customer", "Employee", "Item", "PaymentMethod", "Vendor");
    private static final Set<String> VOIDABLE =
            Set.of("BillPayment", "CreditMemo", "Invoice", "Payment", "RefundReceipt", "SalesReceipt");

    private final Ledger books;
    private final Random random;
    private final List<String> entities;
    private final Map<String, List<String>> ids = new LinkedHashMap<>();

    /** @param resources whose records are changed; of each there are some already */
    public BusyBooks(Ledger books, Random random, List<String> resources) {
        this.books = books;
        this.random = random;
        this.entities = ENTITIES.keySet().stream().filter(resources::contains).map(ENTITIES::get).toList();
        entities.forEach(entity -> {
            ids.put(entity, new ArrayList<>());
            for (int i = 0; i < 20; i++) {
                create(entity);
            }
        });
    }

    private static Map<String, String> entities() {
        var entities = new LinkedHashMap<String, String>();
        var names = List.of("invoices", "Invoice", "payments", "Payment", "customers", "Customer", "bills", "Bill",
                "products", "Item", "sales-receipts", "SalesReceipt", "vendors", "Vendor", "time-activities", "TimeActivity",
                "bill-payments", "BillPayment", "journal-entries", "JournalEntry", "credit-memos", "CreditMemo",
                "purchase-orders", "PurchaseOrder", "employees", "Employee", "ledger-accounts", "Account",
                "vendor-credits", "VendorCredit", "refund-receipts", "RefundReceipt", "classes", "Class",
                "credit-terms", "Term", "payment-methods", "PaymentMethod", "currencies", "CompanyCurrency",
                "tax-codes", "TaxCode", "tax-rates", "TaxRate");
        for (int i = 0; i < names.size(); i += 2) {
            entities.put(names.get(i), names.get(i + 1));
        }
        return entities;
    }

    /** One of all that people do. */
    public void change() {
        change(entities.get((int) (Math.pow(random.nextDouble(), 2) * entities.size())));
    }

    /** An import, of these alone: nearly all of it is new, so that as many objects have changed. */
    public void importMany(int count, List<String> ofEntities) {
        for (int i = 0; i < count; i++) {
            var entity = ofEntities.get(random.nextInt(ofEntities.size()));
            if (random.nextInt(20) > 0) {
                create(entity);
            } else {
                change(entity);
            }
        }
    }

    private void change(String entity) {
        var known = ids.get(entity);
        int dice = random.nextInt(100);
        if (known.size() < 3 || dice < 40) {
            create(entity);
        } else if (dice < 50) {
            take(entity, known);
        } else if (dice < 56 && VOIDABLE.contains(entity)) {
            books.voidIt(entity, any(known));
        } else {
            books.update(entity, any(known));
        }
    }

    /** Somehow it is not used any more. */
    private void take(String entity, List<String> known) {
        if (!LISTS.contains(entity)) {
            books.delete(entity, known.remove(random.nextInt(known.size())));
        } else if (MERGEABLE.contains(entity) && random.nextBoolean()) {
            var loser = known.remove(random.nextInt(known.size()));
            books.merge(entity, any(known), loser);
        } else {
            books.deactivate(entity, any(known));
        }
    }

    private void create(String entity) {
        Change made = books.create(entity);
        ids.get(entity).add(made.id());
    }

    private String any(List<String> known) {
        return known.get(random.nextInt(known.size()));
    }
}
