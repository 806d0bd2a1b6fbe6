// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.util.List;
import java.util.stream.Stream;
import qboevents.resource.Resource;
import qboevents.resource.Resources;

/** The resources of the documentation, as the shipped routes offer them. */
final class Known {

    static final List<String> NAMES = List.of("bill-payments", "bills", "classes", "credit-memos", "credit-terms",
            "currencies", "customers", "employees", "invoices", "journal-entries", "ledger-accounts", "payment-methods",
            "payments", "products", "purchase-orders", "refund-receipts", "sales-receipts", "tax-codes", "tax-rates",
            "time-activities", "vendor-credits", "vendors");

    private Known() {}

    static Resources resources() {
        var resources = new Resources();
        offer(resources);
        return resources;
    }

    static void offer(Resources resources) {
        resources.offer(Stream.of(NAMES).flatMap(List::stream).map(name -> new Resource(name, name)).toList());
    }
}
