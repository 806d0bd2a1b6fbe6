// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import org.junit.jupiter.api.Test;

/** {@code -Dlanes.seed=} for the one of a run that failed, {@code -Dlanes.worlds=} for more. */
class LanesInAnyOrderTest {

    private static final int WORLDS = Integer.getInteger("lanes.worlds", 300);

    @Test
    void tellEverythingOnceAndNothingBeforeWhatIsOlder() {
        var seed = Long.getLong("lanes.seed");
        for (long each = seed == null ? 1 : seed; each <= (seed == null ? WORLDS : seed); each++) {
            try {
                var world = new LanesWorld(each);
                world.live(400);
                world.end();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("again with -Dlanes.seed=" + each, e);
            }
        }
    }
}
