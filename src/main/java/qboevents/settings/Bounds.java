// SPDX-License-Identifier: Apache-2.0
package qboevents.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Refuses a value that no service can run with, by the setting's name. Bean Validation would cost a tenth of the start. */
public final class Bounds {

    private Bounds() {}

    public static void atLeastOne(String setting, int value) {
        between(setting, value, 1, Integer.MAX_VALUE);
    }

    public static void longerThanNothing(String setting, Duration value) {
        if (value.isZero()) {
            throw new IllegalArgumentException(setting + " is " + value + "; it must be longer than nothing");
        }
        notNegative(setting, value);
    }

    public static void notNegative(String setting, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(setting + " is " + value + "; it must not be negative");
        }
    }

    /** Without {@code https://} in front of it a host is taken for a path, and would be missed at the first call only. */
    public static void webAddress(String setting, Object value) {
        if (!isWebAddress(String.valueOf(value))) {
            throw new IllegalArgumentException(setting + " is " + value + "; it must be an address that begins with https:// or http://"
                    + " and a host, such as https://host.example");
        }
    }

    private static boolean isWebAddress(String value) {
        try {
            var address = new URI(value);
            return Set.of("http", "https").contains(String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT))
                    && address.getRawAuthority() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    public static void between(String setting, int value, int least, int most) {
        if (value < least || value > most) {
            var upTo = most == Integer.MAX_VALUE ? "" : " and at most " + most;
            throw new IllegalArgumentException(setting + " is " + value + "; it must be at least " + least + upTo);
        }
    }
}
