// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import qboevents.Application;
import qboevents.resource.Resource;
import qboevents.resource.Resources;

/** The shipped folder, with the beans that its steps call. */
class RoutesFolderTest {

    private static final Map<String, String> SHIPPED = Map.ofEntries(
            Map.entry("bill-payments", "BillPayment"),
            Map.entry("bills", "Bill"),
            Map.entry("classes", "Class"),
            Map.entry("credit-memos", "CreditMemo"),
            Map.entry("credit-terms", "Term"),
            Map.entry("currencies", "CompanyCurrency"),
            Map.entry("customers", "Customer"),
            Map.entry("employees", "Employee"),
            Map.entry("invoices", "Invoice"),
            Map.entry("journal-entries", "JournalEntry"),
            Map.entry("ledger-accounts", "Account"),
            Map.entry("payment-methods", "PaymentMethod"),
            Map.entry("payments", "Payment"),
            Map.entry("products", "Item"),
            Map.entry("purchase-orders", "PurchaseOrder"),
            Map.entry("refund-receipts", "RefundReceipt"),
            Map.entry("sales-receipts", "SalesReceipt"),
            Map.entry("tax-codes", "TaxCode"),
            Map.entry("tax-rates", "TaxRate"),
            Map.entry("time-activities", "TimeActivity"),
            Map.entry("vendor-credits", "VendorCredit"),
            Map.entry("vendors", "Vendor"));

    private static final String[] LISTS = {"Class", "Term", "CompanyCurrency", "Customer", "Employee", "Account",
            "PaymentMethod", "Item", "TaxCode", "TaxRate", "Vendor"};

    @Test
    void hasNoProblemsAndOffersTheTwentyTwo(@TempDir Path path) throws IOException {
        EditedFolder.shipped(path);

        try (var application = new SpringApplicationBuilder(Application.class).run("--events.routes.folder=" + path,
                "--camel.main.auto-startup=false", "--server.port=0",
                "--spring.datasource.url=jdbc:h2:mem:shipped;MODE=PostgreSQL;NON_KEYWORDS=VALUE;DB_CLOSE_DELAY=-1")) {
            var resources = application.getBean(Resources.class);

            assertThat(resources.names().stream().map(name -> resources.named(name).orElseThrow())
                    .collect(Collectors.toMap(Resource::name, Resource::entity))).isEqualTo(SHIPPED);
            assertThat(resources.names().stream().map(name -> resources.named(name).orElseThrow())
                    .filter(Resource::hidesInactive).map(Resource::entity)).containsExactlyInAnyOrder(LISTS);
        }
    }

    @Test
    void asksForInactiveRecordsOfTheListsThatHideThem() throws IOException {
        var lists = Pattern.compile("quartz:poll/(\\w+)\\s+parameters:\\s+cron: \\S+\\s+steps:\\s+- to: direct:poll-list(?:-daily)?\n")
                .matcher(Files.readString(Path.of("routes/resources.camel.yaml")))
                .results().map(match -> match.group(1));

        assertThat(lists).containsExactlyInAnyOrder(LISTS);
    }
}
