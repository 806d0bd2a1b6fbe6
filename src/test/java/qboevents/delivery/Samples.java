// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import qboevents.event.Event;
import qboevents.instance.Callback;
import qboevents.instance.Events;
import qboevents.instance.Instance;
import qboevents.instance.SignatureKeys;

/** Deliveries and what came of them, with nothing in them but what lanes look at. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private Samples() {}

    /** Of a machine that has nothing else to do. */
    static Pace atEase(int most) {
        var time = new AtomicLong();
        return new Pace(most, () -> 0, () -> time.addAndGet(Duration.ofSeconds(1).toNanos()));
    }

    /** Each instance with a host of its own. */
    static Delivery delivery(long instanceId, long id, String... objects) {
        return deliveryTo("receiver-" + instanceId, instanceId, id, objects);
    }

    static Delivery deliveryTo(String host, long instanceId, long id, String... objects) {
        var callback = new Callback(URI.create("http://" + host + "/"), new SignatureKeys(null, Map.of()), Map.of(), "open-connectors", 0);
        var instance = new Instance(instanceId, 1, "", List.of(), "1", true, null, NOW, false, Map.of(),
                new Events(true, false, true, callback, Duration.ZERO, List.of(), Map.of(), ZoneOffset.UTC, null, "", false, false));
        var events = Arrays.stream(objects)
                .map(object -> new Event(object, null, "UPDATED", null, NOW, null, new byte[0])).toList();
        return new Delivery(id, id, instance, "bills", 0, "due", NOW.plusMillis(id), NOW, null, events);
    }

    static Outcome delivered(Delivery delivery) {
        return new Outcome.Delivered(delivery, attempt());
    }

    static Outcome retry(Delivery delivery, Instant time) {
        return new Outcome.RetryAt(delivery, attempt(), time);
    }

    static Outcome dead(Delivery delivery) {
        return new Outcome.Dead(delivery, attempt());
    }

    private static Attempt attempt() {
        return new Attempt(NOW, Duration.ZERO, 200, null, new byte[0]);
    }
}
