// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

/**
 * Metered calls a second.
 *
 * @param all as they are made
 * @param others of them, which no interval decides
 * @param wanted polls as they would be made if no interval were stretched
 */
record Pace(double all, double others, double wanted) {

    static final Pace NONE = new Pace(0, 0, 0);

    Pace plus(Pace other) {
        return new Pace(all + other.all, others + other.others, wanted + other.wanted);
    }
}
