// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the host of a URL may be written. What is a number to one library is a name, or another number, to the next:
 * {@code 0177.0.0.1}, {@code 127.1}, {@code 0x7f000001}. Such a host is refused, wherever it leads.
 */
public final class HostSpelling {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");
    private static final Pattern BYTE = Pattern.compile("0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5]");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?");

    private HostSpelling() {}

    /** @return what is wrong with it, as it goes on after the name of the setting */
    public static Optional<String> fault(String host) {
        if (host.startsWith("[")) {
            return IPV6.matcher(host).matches()
                    ? Optional.empty()
                    : Optional.of("names no IPv6 address in its brackets; write one such as [2001:db8::1], without a zone");
        }
        if (!host.chars().allMatch(each -> each < 128)) {
            return Optional.of("must name its host in ASCII; write an international name in its xn-- form");
        }
        var labels = host.split("\\.", -1);
        int last = labels.length > 1 && labels[labels.length - 1].isEmpty() ? labels.length - 2 : labels.length - 1;
        if (NUMBER.matcher(labels[last]).matches()) {
            return dottedQuad(labels) ? Optional.empty() : Optional.of("writes an IP address in a way that not everybody"
                    + " reads alike; write four decimal numbers, such as 203.0.113.7");
        }
        for (int i = 0; i <= last; i++) {
            if (!NAME.matcher(labels[i]).matches()) {
                return Optional.of("must name a host (letters, digits, dots, dashes) and a valid port");
            }
        }
        return Optional.empty();
    }

    /** Names of this machine, whatever DNS says of them. */
    static boolean local(String host) {
        var name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    private static boolean dottedQuad(String[] labels) {
        if (labels.length != 4) {
            return false;
        }
        for (var label : labels) {
            if (!BYTE.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }
}
