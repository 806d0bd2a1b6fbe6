// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.util.List;
import java.util.Locale;
import qboevents.http.Blot;
import java.util.Set;

/** The names that a configuration may hold, and which of their values are secrets. */
public final class ConfigurationKeys {

    static final String MASK = Blot.MARK;

    public static final String OAUTH_CALLBACK = "oauth.callback.url";
    public static final String OAUTH_KEY = "oauth.api.key";
    public static final String OAUTH_SECRET = "oauth.api.secret";
    static final String AUTHENTICATION = "authentication.type";
    static final String ENABLED = "event.notification.enabled";
    static final String VENDOR_TYPE = "event.vendor.type";
    static final String CALLBACK_URL = "event.notification.callback.url";
    static final String SIGNATURE_KEY = "event.notification.signature.key";
    /** Kept among the secrets only: nobody can give it, and nobody is shown it. */
    static final String FORMER_SIGNATURE_KEYS = "event.notification.signature.key.former";
    static final String BASIC_USER = "event.notification.basic.username";
    static final String BASIC_PASSWORD = "event.notification.basic.password";
    static final String CALLBACK_HEADERS = "event.notification.callback.headers";
    static final String FORMAT = "event.notification.format";
    static final String BATCH_SIZE = "event.notification.batch.size";
    static final String INTERVAL = "event.poller.refresh_interval";
    static final String URLS = "event.poller.urls";
    static final String RESOURCES = "event.poller.configuration";
    static final String ZONE = "event.poller.timezone";
    static final String START = "event.poller.start";
    static final String STRATEGY = "event.poller.strategy";
    static final String ADAPTIVE = "event.poller.adaptive";
    static final String HYDRATE = "event.webhook.hydrate";

    static final Set<String> EVENT_KEYS = Set.of(ENABLED, VENDOR_TYPE, CALLBACK_URL, SIGNATURE_KEY, BASIC_USER,
            BASIC_PASSWORD, CALLBACK_HEADERS, FORMAT, BATCH_SIZE, INTERVAL, URLS, RESOURCES, ZONE, START, STRATEGY,
            ADAPTIVE, HYDRATE,
            // Kept without effect, for clients that come from Open Connectors.
            "event.objects", "event.metadata", "event.helper.key", "event.notification.instance.finder",
            "event.notification.subscription.id");

    private static final Set<String> SECRET_KEYS = Set.of(SIGNATURE_KEY, CALLBACK_HEADERS);
    private static final List<String> SECRET_WORDS =
            List.of("secret", "password", "passwd", "passphrase", "token", "credential", "private.key", "private_key");

    private ConfigurationKeys() {}

    static boolean secret(String key) {
        var lower = key.toLowerCase(Locale.ROOT);
        return SECRET_KEYS.contains(lower) || SECRET_WORDS.stream().anyMatch(lower::contains);
    }
}
