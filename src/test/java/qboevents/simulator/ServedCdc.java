// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Instant;
import java.util.List;

/** An answer to a call for changes that has been read from the ledger and is about to be sent. */
public record ServedCdc(String realmId, List<String> entities, Instant changedSince) {}
