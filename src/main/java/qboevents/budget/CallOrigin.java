// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

/** For whom and why QuickBooks is called. What routes hold in the variable {@code claim} is one. */
public interface CallOrigin {

    String realmId();

    boolean sandbox();

    Reason reason();
}
