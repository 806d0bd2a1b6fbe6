// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import qboevents.http.HostSpelling;

/** Reads {@code event.notification.callback.url}. Which addresses it leads to is another question. */
final class CallbackUrl {

    private static final int MAX_LENGTH = 1000;
    private static final String KEY = ConfigurationKeys.CALLBACK_URL;

    private static final String NO_HOST = "must name a host (letters, digits, dots, dashes) and a valid port";

    private CallbackUrl() {}

    static Optional<URI> read(Given given, String basePath) {
        return given.text(KEY).flatMap(text -> read(text, basePath, given));
    }

    private static Optional<URI> read(String text, String basePath, Given given) {
        if (text.length() > MAX_LENGTH) {
            given.fault(KEY, "has more than " + MAX_LENGTH + " characters");
            return Optional.empty();
        }
        try {
            var url = new URI(text);
            fault(url, basePath).ifPresent(fault -> given.fault(KEY, fault));
            return fault(url, basePath).isPresent() ? Optional.empty() : Optional.of(url);
        } catch (URISyntaxException e) {
            given.fault(KEY, "must be an absolute http or https URL");
            return Optional.empty();
        }
    }

    private static Optional<String> fault(URI url, String basePath) {
        if (!"http".equalsIgnoreCase(url.getScheme()) && !"https".equalsIgnoreCase(url.getScheme())) {
            return Optional.of("must be an absolute http or https URL");
        }
        if (url.getRawAuthority() != null && url.getRawAuthority().contains("@")) {
            return Optional.of("must not carry a user name or password; use " + ConfigurationKeys.BASIC_USER);
        }
        if (url.getHost() == null) {
            return HostSpelling.fault(host(url)).or(() -> Optional.of(NO_HOST));
        }
        if (url.getPort() == 0 || url.getPort() > 65535) {
            return Optional.of(NO_HOST);
        }
        if (inlet(url, basePath)) {
            return Optional.of("is the inlet for Intuit's webhooks, as the documentation prints it in place of yours;"
                    + " give the URL of your own receiver");
        }
        return Optional.empty();
    }

    /** As it is written, also where it is none to Java; empty when there is none. */
    static String host(URI url) {
        var authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
        return authority.substring(authority.lastIndexOf('@') + 1).replaceFirst(":[0-9]*$", "");
    }

    /** Whatever the host: nobody but Intuit can post there, so it can only be a mistake, and often a loop. */
    private static boolean inlet(URI url, String basePath) {
        var path = url.normalize().getPath().replaceAll("/{2,}", "/") + "/";
        return List.of(basePath, "/elements/api-v2").stream()
                .anyMatch(base -> path.startsWith(base + "/events/quickbooks/"));
    }
}
