// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One kind of record: its name, the fields of a new one, and what may be asked about it. */
final class Entity {

    private static final Set<String> VOIDABLE =
            Set.of("BillPayment", "CreditMemo", "Invoice", "Payment", "RefundReceipt", "SalesReceipt");

    private static final Set<String> MERGEABLE =
            Set.of("Account", "Class", "Customer", "Employee", "Item", "PaymentMethod", "Vendor");

    private static final Set<String> EMAILABLE =
            Set.of("CreditMemo", "Invoice", "Payment", "PurchaseOrder", "RefundReceipt", "SalesReceipt");

    private static final Set<String> WITHOUT_WEBHOOKS = Set.of("TaxCode", "TaxRate");

    private static final Map<String, Entity> KNOWN = Stream.of(
                    "BillPayment", "Bill", "Class", "CreditMemo", "Term", "CompanyCurrency", "Customer", "Employee",
                    "Invoice", "JournalEntry", "Account", "PaymentMethod", "Payment", "Item", "PurchaseOrder",
                    "RefundReceipt", "SalesReceipt", "TaxCode", "TaxRate", "TimeActivity", "VendorCredit", "Vendor",
                    "Deposit")
            .map(Entity::load)
            .collect(Collectors.toUnmodifiableMap(entity -> lower(entity.name()), Function.identity()));

    private final String name;
    private final Body template;
    private final Map<String, Property> properties;

    private Entity(String name, ObjectNode fields) {
        this.name = name;
        this.template = Body.of(fields);
        this.properties = Property.of(fields);
    }

    static Optional<Entity> named(String name) {
        return Optional.ofNullable(KNOWN.get(lower(name)));
    }

    static Entity of(String name) {
        return named(name).orElseThrow(() -> new IllegalArgumentException("No such entity: " + name));
    }

    static Collection<Entity> all() {
        return KNOWN.values();
    }

    String name() {
        return name;
    }

    /** The fields of a new record. */
    Body template() {
        return template;
    }

    /** Lists are made inactive and hidden from queries that do not ask; everything else can be deleted. */
    boolean isList() {
        return properties.containsKey("active");
    }

    boolean isVoidable() {
        return VOIDABLE.contains(name);
    }

    boolean isMergeable() {
        return MERGEABLE.contains(name);
    }

    boolean isEmailable() {
        return EMAILABLE.contains(name);
    }

    boolean hasWebhooks() {
        return !WITHOUT_WEBHOOKS.contains(name);
    }

    Optional<Property> property(String path) {
        return Optional.ofNullable(properties.get(lower(path)));
    }

    /** Some tax codes have a word for an id. */
    String id(int number) {
        var words = new String[] {"TAX", "NON", "CustomSalesTax"};
        return name.equals("TaxCode") && number <= words.length ? words[number - 1] : String.valueOf(number);
    }

    private static Entity load(String name) {
        try (var file = Entity.class.getResourceAsStream("/quickbooks/records/" + name + ".json")) {
            return new Entity(name, (ObjectNode) Json.read(file.readAllBytes()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
