// SPDX-License-Identifier: Apache-2.0
package qboevents.database;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Completes an H2 URL. WRITE_DELAY=0 because H2 otherwise loses the last 60 to 300 ms of acknowledged commits when it is
 * killed. MAX_COMPACT_TIME=0 because H2 otherwise moves what it has written when it is closed, and now and then (2.3.232, its issue
 * 2752) cannot open its own file after that: "Double mark". The others because the statements are PostgreSQL's. Each is set
 * whatever the URL says, and only once: H2 refuses a URL that names a setting twice.
 */
public final class H2Url {

    private static final Map<String, String> NEEDED = new LinkedHashMap<>();

    static {
        NEEDED.put("MODE", "PostgreSQL");
        NEEDED.put("DATABASE_TO_LOWER", "TRUE");
        NEEDED.put("DEFAULT_NULL_ORDERING", "HIGH");
        NEEDED.put("WRITE_DELAY", "0");
        NEEDED.put("DB_CLOSE_ON_EXIT", "FALSE");
        NEEDED.put("MAX_COMPACT_TIME", "0");
    }

    private H2Url() {}

    public static boolean matches(String url) {
        return url.startsWith("jdbc:h2:");
    }

    /** Any other URL is returned as it is. */
    public static String completed(String url) {
        if (!matches(url)) {
            return url;
        }
        var settings = settings(url);
        settings.putAll(NEEDED);
        return joined(url, settings);
    }

    /** @return where its files are; nothing when it has none of its own, as in memory or at a server */
    static Optional<Path> folder(String url) {
        var place = parts(url)[0].substring("jdbc:h2:".length());
        if (place.startsWith("file:")) {
            place = place.substring("file:".length());
        } else if (place.matches("[a-zA-Z0-9]{2,}:.*")) { // mem, tcp, zip: one letter is a drive
            return Optional.empty();
        }
        var file = place.startsWith("~/") ? Path.of(System.getProperty("user.home"), place.substring(2)) : Path.of(place);
        return Optional.ofNullable(file.toAbsolutePath().getParent());
    }

    /** @return nothing when the URL does not speak of it */
    static Optional<String> setting(String url, String name) {
        return Optional.ofNullable(settings(url).get(name));
    }

    static String without(String url, String name) {
        var settings = settings(url);
        settings.remove(name);
        return joined(url, settings);
    }

    private static Map<String, String> settings(String url) {
        var parts = parts(url);
        var settings = new LinkedHashMap<String, String>();
        for (int i = 1; i < parts.length; i++) {
            var setting = parts[i].split("=", 2);
            settings.put(setting[0].trim().toUpperCase(Locale.ROOT), setting.length == 2 ? setting[1].trim() : "");
        }
        settings.remove("");
        return settings;
    }

    private static String joined(String url, Map<String, String> settings) {
        return parts(url)[0] + settings.entrySet().stream()
                .map(setting -> ";" + setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining());
    }

    private static String[] parts(String url) {
        return url.split("(?<!\\\\);"); // INIT escapes its own semicolons
    }
}
