// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import qboevents.testing.TestDatabase;

/** One scene for each database, for all the journeys of a class. */
final class Scenes implements AutoCloseable {

    private final Function<TestDatabase, Scene> start;
    private final Map<TestDatabase, Scene> scenes = new EnumMap<>(TestDatabase.class);

    Scenes(String... settings) {
        this(database -> Scene.on(database, settings));
    }

    Scenes(Function<TestDatabase, Scene> start) {
        this.start = start;
    }

    Scene on(TestDatabase database) {
        return scenes.computeIfAbsent(database, start);
    }

    @Override
    public void close() {
        scenes.values().forEach(Scene::close);
    }
}
