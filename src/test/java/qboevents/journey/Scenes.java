// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import java.util.EnumMap;
import java.util.Map;
import qboevents.testing.TestDatabase;

/** One scene for each database, for all the journeys of a class. */
final class Scenes implements AutoCloseable {

    private final String[] settings;
    private final Map<TestDatabase, Scene> scenes = new EnumMap<>(TestDatabase.class);

    Scenes(String... settings) {
        this.settings = settings;
    }

    Scene on(TestDatabase database) {
        return scenes.computeIfAbsent(database, each -> Scene.on(each, settings));
    }

    @Override
    public void close() {
        scenes.values().forEach(Scene::close);
    }
}
