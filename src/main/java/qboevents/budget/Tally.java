// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

/**
 * @param calls that went out, whatever was answered
 * @param metered of them: answered 2xx, and not by the sandbox
 * @param wanted metered ones that there would have been if no interval were stretched
 */
record Tally(long calls, long metered, double wanted) {

    static final Tally NONE = new Tally(0, 0, 0);

    Tally plus(Tally other) {
        return new Tally(calls + other.calls, metered + other.metered, wanted + other.wanted);
    }
}
