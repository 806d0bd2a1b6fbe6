// SPDX-License-Identifier: Apache-2.0
package qboevents.quickbooks;

/** What QuickBooks says when it does not do what it was asked; also inside an answer with status 200. */
record Fault(String code, String type, String message, String detail) {

    /** Codes are strings, with or without leading zeros. */
    boolean throttled() {
        return bare().equals("3001");
    }

    String bare() {
        return code.replaceFirst("^0+(?=.)", "");
    }

    String text() {
        var text = new StringBuilder(bare());
        if (!message.isEmpty()) {
            text.append(text.length() == 0 ? "" : " - ").append(message);
        }
        if (!detail.isEmpty() && !detail.equals(message)) {
            text.append(text.length() == 0 ? "" : "; ").append(detail);
        }
        return text.length() == 0 ? "a Fault without words" : text.toString();
    }
}
