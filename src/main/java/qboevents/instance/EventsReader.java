// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import qboevents.access.ApiSettings;
import qboevents.resource.Resources;

/**
 * Reads the {@code event.*} keys. What is wrong is noted, never thrown, and replaced by something usable: a stored
 * instance stays readable when a setting or a route has changed since.
 */
@Component
class EventsReader {

    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(15);
    private static final int MAX_SIGNATURE_KEY = 128;
    private static final int MAX_BATCH = 20;
    private static final int ONE_FOR_EACH_OBJECT = 1; // whose key orders it there

    /** The route that calls an instance's own URL; whatever else notifications are handed to may do without one. */
    private static final String POST = "direct:post";

    private final Resources resources;
    private final String basePath;
    private final Duration floor;
    private final boolean posts;

    EventsReader(
            Resources resources,
            ApiSettings api,
            IntervalSettings intervals,
            @Value("${events.delivery.to:" + POST + "}") String deliveredTo) {
        this.resources = resources;
        this.basePath = api.basePath();
        this.floor = intervals.minimumInterval();
        this.posts = deliveredTo.equals(POST);
    }

    Events read(Given given) {
        var enabled = given.flag(ConfigurationKeys.ENABLED, false);
        var type = given.oneOf(ConfigurationKeys.VENDOR_TYPE, "polling", "polling", "webhook", "webhooks", "hybrid");
        var callback = callback(given, enabled);
        var zone = zone(given);
        var pollers = PollerConfiguration.read(given, resources, floor);
        var chosen = resources(given, pollers.keySet());
        boolean polls = enabled && !type.startsWith("webhook");
        return new Events(
                enabled,
                polls,
                enabled && !type.equals("polling"),
                callback.orElse(null),
                interval(given),
                chosen,
                pollers,
                zone,
                start(given, zone),
                strategy(given, polls, chosen),
                given.flag(ConfigurationKeys.ADAPTIVE, false),
                given.flag(ConfigurationKeys.HYDRATE, type.equals("hybrid")));
    }

    /** Names run together can be told apart only while the routes offer them all, so they are kept apart. */
    String spelledOut(String urls) {
        return urls.contains("/") ? urls : String.join("\n", PollerUrls.names(urls, resources.names()));
    }

    private Optional<Callback> callback(Given given, boolean enabled) {
        if (enabled && posts) {
            given.required(ConfigurationKeys.CALLBACK_URL, " when " + ConfigurationKeys.ENABLED + " is true");
        }
        var url = CallbackUrl.read(given, basePath);
        var headers = CallbackHeaders.read(given);
        var key = given.exact(ConfigurationKeys.SIGNATURE_KEY);
        if (key.isPresent() && key.get().length() > MAX_SIGNATURE_KEY) {
            given.fault(ConfigurationKeys.SIGNATURE_KEY, "has more than " + MAX_SIGNATURE_KEY + " characters");
        }
        var format = given.oneOf(ConfigurationKeys.FORMAT, "open-connectors", "open-connectors", "cloudevents");
        var batch = batch(given);
        var keys = SignatureKeys.of(key.orElse(null), given.text(ConfigurationKeys.FORMER_SIGNATURE_KEYS).orElse("{}"));
        return url.isPresent() || !posts
                ? Optional.of(new Callback(url.orElse(null), keys, headers, format, posts ? batch : ONE_FOR_EACH_OBJECT))
                : Optional.empty();
    }

    private static int batch(Given given) {
        var size = given.decimal(ConfigurationKeys.BATCH_SIZE, "a number from 1 to " + MAX_BATCH);
        if (size.isEmpty()) {
            return 0;
        }
        if (size.get().scale() > 0 || size.get().signum() == 0 || size.get().intValue() > MAX_BATCH) {
            given.fault(ConfigurationKeys.BATCH_SIZE, "must be a number from 1 to " + MAX_BATCH);
            return 0;
        }
        return size.get().intValue();
    }

    private Duration interval(Given given) {
        return Intervals.read(given, ConfigurationKeys.INTERVAL, floor)
                .orElse(DEFAULT_INTERVAL.compareTo(floor) < 0 ? floor : DEFAULT_INTERVAL);
    }

    /** What QuickBooks leaves out of change data capture cannot be read by it alone. */
    private String strategy(Given given, boolean polls, List<String> chosen) {
        var strategy = given.oneOf(ConfigurationKeys.STRATEGY, "auto", "auto", "query", "cdc");
        var others = (chosen.isEmpty() ? resources.names() : chosen).stream()
                .filter(name -> resources.named(name).filter(resource -> !resource.captured()).isPresent())
                .toList();
        if (polls && strategy.equals("cdc") && !others.isEmpty()) {
            given.fault(ConfigurationKeys.STRATEGY, "cannot be cdc for " + String.join(", ", others)
                    + ", which QuickBooks leaves out of change data capture: choose auto, or name only others in "
                    + ConfigurationKeys.URLS);
        }
        return strategy;
    }

    private List<String> resources(Given given, Collection<String> configured) {
        var names = new LinkedHashSet<String>();
        given.text(ConfigurationKeys.URLS).ifPresent(text -> {
            names.addAll(PollerUrls.names(text, resources.names()));
            PollerUrls.check(text, resources, given);
        });
        names.stream().filter(name -> resources.named(name).isEmpty()).map(PollerConfiguration::shown)
                .forEach(name -> given.fault(ConfigurationKeys.URLS, "names " + name + ", which no route offers"
                        + Suggestion.of(name, resources.names())));
        names.addAll(configured);
        return List.copyOf(names);
    }

    private static ZoneId zone(Given given) {
        try {
            return given.text(ConfigurationKeys.ZONE).map(ZoneId::of).orElse(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            given.fault(ConfigurationKeys.ZONE, "must be a time zone, such as UTC or America/New_York");
            return ZoneOffset.UTC;
        }
    }

    private static Start start(Given given, ZoneId zone) {
        var text = given.text(ConfigurationKeys.START).orElse("now").toUpperCase(Locale.ROOT);
        if (text.equals("NOW") || text.equals("BEGINNING")) {
            return new Start(Start.Kind.valueOf(text), null);
        }
        try {
            return new Start(Start.Kind.AT, Moments.read(text, zone));
        } catch (DateTimeException e) {
            given.fault(ConfigurationKeys.START, "must be now, beginning, or a date such as 2026-01-31 or 2026-01-31T08:00:00Z");
            return new Start(Start.Kind.NOW, null);
        }
    }
}
