// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code -Dlanes.seed=} for the one of a run that failed, {@code -Dlanes.worlds=} for more. */
class LanesInAnyOrderTest {

    private static final int WORLDS = Integer.getInteger("lanes.worlds", 300);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void tellEverythingOnceAndNothingBeforeWhatIsOlder(int nodes) {
        var seed = Long.getLong("lanes.seed");
        for (long each = seed == null ? 1 : seed; each <= (seed == null ? WORLDS : seed); each++) {
            try {
                var world = new LanesWorld(each, nodes);
                world.live(400 * nodes);
                world.end();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(nodes + " nodes, again with -Dlanes.seed=" + each, e);
            }
        }
    }
}
