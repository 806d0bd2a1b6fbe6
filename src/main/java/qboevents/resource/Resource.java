// SPDX-License-Identifier: Apache-2.0
package qboevents.resource;

/**
 * Something that QuickBooks keeps and that can be polled.
 *
 * @param name the word that instances and notifications use, plural kebab case: {@code bill-payments}
 * @param entity QuickBooks' own name for it: {@code BillPayment}
 * @param hidesInactive whether QuickBooks leaves its inactive records out of an answer unless they are asked for
 */
public record Resource(String name, String entity, boolean hidesInactive) {

    public Resource(String name, String entity) {
        this(name, entity, false);
    }
}
