// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** What QuickBooks itself writes into a record. */
final class Edits {

    private static final Set<String> ZEROED = Set.of(
            "TotalAmt", "Balance", "Amount", "Qty", "UnappliedAmt", "RemainingCredit", "TotalTax", "NetAmountTaxable");

    private Edits() {}

    static void deactivate(ObjectNode fields) {
        fields.put("Active", false);
        if (fields.has("AccountType")) {
            fields.put("Name", fields.path("Name").asText() + " (deleted)");
            fields.put("FullyQualifiedName", fields.path("FullyQualifiedName").asText() + " (deleted)");
        }
    }

    static void voidIt(ObjectNode fields) {
        zero(fields);
        var note = fields.path("PrivateNote").asText();
        fields.put("PrivateNote", note.isEmpty() ? "Voided" : "Voided - " + note);
    }

    static void email(ObjectNode fields) {
        fields.put("EmailStatus", "EmailSent");
    }

    private static void zero(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ZEROED.stream().filter(object::has).forEach(name -> object.put(name, 0));
        }
        node.forEach(Edits::zero);
    }
}
