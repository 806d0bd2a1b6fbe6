// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import qboevents.resource.Resource;
import qboevents.resource.Resources;

/**
 * The {@code url} of a poller: {@code /hubs/finance/bills?where=lastModifiedDate>='${gmtDate:yyyy-MM-dd'T'HH:mm:ss'Z'}'}.
 * A poll asks for what changed since the last one, whatever the condition is called; it can ask for nothing else.
 */
final class PollerUrl {

    private static final Pattern PATH = Pattern.compile("/hubs/finance/([\\w-]{1,60})/?");
    private static final Pattern SINCE = Pattern.compile("\\s*([\\w.]+)\\s*>=?\\s*(?:'\\$\\{([^}]+)}'|\\$\\{([^}]+)})\\s*");
    private static final Pattern LAST_POLL =
            Pattern.compile("epoch(:(s|ms|us))?|(date|gmtDate)(:.+)?|dateTimeZone:[^:].*:.+", Pattern.DOTALL);

    private final String path;
    private final String query;

    PollerUrl(String text) {
        var parts = decoded(text.strip()).split("\\?", 2);
        path = parts[0];
        query = parts.length < 2 ? "" : parts[1];
    }

    Optional<Resource> resource(Resources resources) {
        var matcher = PATH.matcher(path);
        return matcher.matches() ? resources.meant(matcher.group(1)) : Optional.empty();
    }

    /** What is wrong with it as the address of this resource. */
    Optional<String> fault(Resource resource, Resources resources) {
        if (resource(resources).filter(resource::equals).isPresent() && asksForChanges()) {
            return Optional.empty();
        }
        return Optional.of(("must be /hubs/finance/%s, as it is or with ?where=" + DateFields.UPDATED
                + ">='${gmtDate:yyyy-MM-dd'T'HH:mm:ss'Z'}' behind it: what changed since the last poll is what is"
                + " asked for, and it cannot be narrowed").formatted(resource.name()));
    }

    private boolean asksForChanges() {
        if (query.isEmpty()) {
            return true;
        }
        var since = SINCE.matcher(query.startsWith("where=") ? query.substring("where=".length()) : "");
        return since.matches() && DateFields.isUpdated(since.group(1))
                && LAST_POLL.matcher(since.group(2) == null ? since.group(3) : since.group(2)).matches();
    }

    /** Only what is written %20: a plus is a plus, and nothing else may go wrong. */
    private static String decoded(String text) {
        try {
            return text.contains("%") ? URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8) : text;
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
