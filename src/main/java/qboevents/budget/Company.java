// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

/** A company at Intuit. Its calls are metered unless it lives in the sandbox. */
record Company(String realmId, boolean sandbox) implements Comparable<Company> {

    static Company of(CallOrigin origin) {
        return new Company(origin.realmId(), origin.sandbox());
    }

    @Override
    public int compareTo(Company other) {
        int order = realmId.compareTo(other.realmId);
        return order != 0 ? order : Boolean.compare(sandbox, other.sandbox);
    }
}
