// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.event.Event;
import qboevents.http.EndBefore;
import qboevents.instance.Instance;
import qboevents.instance.Trials;

/**
 * {@code POST /notifications/tests}: one notification of a change that nobody made, composed, signed and sent as any other, so
 * that somebody sees what his receiver does with it. It is in no log, and tried once.
 */
@Component
class TestNotifications {

    private static final String RECORD = """
            {"Id":"0","SyncToken":"0","sparse":false,"PrivateNote":"A test: nothing was changed in QuickBooks"}""";
    private static final int MOST = 16 * 1024;

    private final Trials trials;
    private final DeliverySettings settings;
    private final Clock clock;

    TestNotifications(Trials trials, DeliverySettings settings, Clock clock) {
        this.trials = trials;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param body as {@link Trials} reads it */
    Delivery of(@Nullable Object body) {
        return delivery(trials.read(body));
    }

    private Delivery delivery(Instance instance) {
        var now = clock.instant();
        var chosen = instance.events().resources();
        var changed = new Event("0", "0", "CREATED", null, now.truncatedTo(ChronoUnit.SECONDS), now,
                RECORD.getBytes(StandardCharsets.UTF_8));
        var id = ThreadLocalRandom.current().nextLong(Long.MIN_VALUE, 0); // below zero there is no event, nor ever will be
        return new Delivery(id, id, instance, chosen.isEmpty() ? "customers" : chosen.get(0), 0, "repeat", now, now, null, List.of(changed))
                .started(instance, now, EndBefore.in(settings.timeout()));
    }

    /** What was sent, and what came of it. */
    Map<String, Object> told(Outcome outcome, Notification sent) {
        var attempt = outcome.attempt();
        var view = new LinkedHashMap<String, Object>();
        view.put("delivered", outcome instanceof Outcome.Delivered);
        view.put("statusCode", attempt.status());
        view.put("error", attempt.error());
        view.put("duration", attempt.duration().toMillis());
        view.put("answer", new String(attempt.answer(), 0, Math.min(attempt.answer().length, MOST), StandardCharsets.UTF_8));
        view.put("url", sent.url());
        view.put("signed", sent.headers().containsKey("Elements-Webhook-Signature"));
        view.put("body", new String(sent.bytes(), StandardCharsets.UTF_8));
        view.values().removeIf(each -> each == null);
        return view;
    }
}
