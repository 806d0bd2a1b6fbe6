// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

/**
 * Metered calls of a company on one day.
 *
 * @param others of them, which no interval decides
 * @param wanted polls that there would have been if no interval were stretched
 */
record DayUse(long metered, long others, double wanted) {

    static final DayUse NONE = new DayUse(0, 0, 0);

    DayUse plus(DayUse other) {
        return new DayUse(metered + other.metered, others + other.others, wanted + other.wanted);
    }
}
