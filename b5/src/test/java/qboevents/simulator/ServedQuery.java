// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

/** A page that has been read from the ledger and is about to be sent. */
public record ServedQuery(String realmId, String entity, String statement, int rows) {}
