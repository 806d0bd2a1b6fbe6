// SPDX-License-Identifier: Apache-2.0
package qboevents.quickbooks;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Locale;

/**
 * Reads a Fault. The service writes {@code Fault.Error[].Message}, the gateway {@code fault.error[].message}: names are
 * compared without case.
 */
final class Faults {

    private Faults() {}

    /** The parser stands on the value of the member {@code Fault}. */
    static Fault read(JsonParser json) throws IOException {
        String message = "";
        String detail = "";
        String code = "";
        String type = "";
        int depth = 0;
        var token = json.currentToken();
        do {
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.FIELD_NAME) {
                var name = json.currentName().toLowerCase(Locale.ROOT);
                if (!json.nextToken().isScalarValue()) {
                    token = json.currentToken();
                    continue;
                }
                var value = json.getValueAsString("");
                switch (name) {
                    case "message" -> message = first(message, value);
                    case "detail" -> detail = first(detail, value);
                    case "code" -> code = first(code, value);
                    case "type" -> type = first(type, value);
                    default -> { }
                }
            }
            token = depth > 0 ? json.nextToken() : null;
        } while (token != null);
        return new Fault(code, type, message, detail);
    }

    private static String first(String known, String value) {
        return known.isEmpty() ? value : known;
    }
}
