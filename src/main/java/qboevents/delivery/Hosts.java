// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import qboevents.instance.Callback;

/**
 * How many hands are at each receiver's host: one that hangs must not hold all of them, however many instances it serves.
 * Lanes that find it full wait here, in turn. Guarded by {@link Lanes}.
 */
final class Hosts {

    private final int most;
    private final Map<String, Host> hosts = new HashMap<>();
    private final Map<Long, Host> sending = new HashMap<>(); // by notification

    /** @param most hands at one host */
    Hosts(int most) {
        this.most = most;
    }

    static final class Host {

        private final String name;
        private final Deque<Place> waiting = new ArrayDeque<>();
        private int hands;

        private Host(String name) {
            this.name = name;
        }
    }

    /** @return null: the host is full, and the place waits until {@link #leave} names it */
    @Nullable Host enter(Place place, Delivery delivery) {
        var host = hosts.computeIfAbsent(name(delivery.instance().events().callback()), Host::new);
        if (host.hands >= most) {
            host.waiting.addLast(place);
            place.waitsFor = host;
            return null;
        }
        host.hands++;
        sending.put(delivery.id(), host);
        return host;
    }

    private static String name(@Nullable Callback callback) {
        return callback == null || callback.url() == null ? "" : callback.url().getRawAuthority();
    }

    /** @return a place that has waited for it, and has its turn now */
    @Nullable Place leave(long deliveryId) {
        var host = sending.remove(deliveryId);
        if (host == null) {
            return null;
        }
        host.hands--;
        return next(host);
    }

    /** One that was named has no use for it after all. */
    @Nullable Place next(Host host) {
        var place = host.waiting.pollFirst();
        if (place == null && host.hands == 0) {
            hosts.remove(host.name, host);
        }
        return place;
    }

    void forget(Place place) {
        if (place.waitsFor != null) {
            place.waitsFor.waiting.remove(place);
            place.waitsFor = null;
        }
    }
}
