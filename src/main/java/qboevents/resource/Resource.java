// SPDX-License-Identifier: Apache-2.0
package qboevents.resource;

/**
 * Something that QuickBooks keeps and that can be polled.
 *
 * @param name the word that instances and notifications use, plural kebab case: {@code bill-payments}
 * @param entity QuickBooks' own name for it: {@code BillPayment}
 * @param hidesInactive whether QuickBooks leaves its inactive records out of an answer unless they are asked for
 * @param captured whether change data capture tells of it (Intuit: not of TimeActivity, TaxCode, TaxRate, TaxAgency and
 *     JournalCode)
 * @param seldom whether it changes so seldom that once a day is often enough, unless an instance wants it otherwise
 */
public record Resource(String name, String entity, boolean hidesInactive, boolean captured, boolean seldom) {

    /** As {@code direct:poll} reads it. */
    public Resource(String name, String entity) {
        this(name, entity, false, true, false);
    }
}
