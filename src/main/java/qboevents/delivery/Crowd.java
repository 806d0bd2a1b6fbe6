// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

/**
 * How many notifications that were refused may be remembered until their retry, in one lane and in all. A lane that has too many
 * is crowded: it tries nothing new until half of them are taken. Guarded by {@link Lanes}.
 */
final class Crowd {

    private static final int FEW = 8; // are nobody's fault, however many wait for others

    private final int mostOfOne;
    private final int most;
    private int all;

    /**
     * @param mostOfOne refused ones in a lane
     * @param most in all of them: then a lane with a few counts as crowded, too
     */
    Crowd(int mostOfOne, int most) {
        this.mostOfOne = mostOfOne;
        this.most = most;
    }

    /** Counts what the lane has of them now. */
    void count(Place place) {
        int now = place.lane.refusedOnes();
        all += now - place.counted;
        place.counted = now;
    }

    /** How many a lane may read that is just taken over. */
    int room() {
        return Math.min(mostOfOne, Math.max(FEW, most - all));
    }

    boolean isCrowded(Place place) {
        if (place.part > 0) {
            return place.counted > place.part / 2;
        }
        int bound = all >= most ? Math.min(FEW, mostOfOne) : mostOfOne;
        return place.counted >= (place.crowded ? bound / 2 : bound);
    }
}
