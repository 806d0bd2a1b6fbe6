// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who wants to do something between an answer's reading and its sending. */
final class Hooks {

    private final List<Consumer<ServedQuery>> queries = new CopyOnWriteArrayList<>();
    private final List<Consumer<ServedCdc>> cdcs = new CopyOnWriteArrayList<>();

    void onQuery(Consumer<ServedQuery> hook) {
        queries.add(hook);
    }

    void onCdc(Consumer<ServedCdc> hook) {
        cdcs.add(hook);
    }

    void afterQuery(ServedQuery query) {
        queries.forEach(hook -> hook.accept(query));
    }

    void afterCdc(ServedCdc cdc) {
        cdcs.forEach(hook -> hook.accept(cdc));
    }
}
