// SPDX-License-Identifier: Apache-2.0
package qboevents.resource;

/**
 * Something that QuickBooks keeps and that can be polled.
 *
 * @param name the word that instances and notifications use, plural kebab case: {@code bill-payments}
 * @param entity QuickBooks' own name for it: {@code BillPayment}
 */
public record Resource(String name, String entity) {}
