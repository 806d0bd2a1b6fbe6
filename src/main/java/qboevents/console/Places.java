// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import qboevents.http.ConsolePath;

/** Whole addresses, as they are to be given to somebody else. */
@Component
class Places {

    private final ConsoleSettings settings;
    private final String basePath;

    Places(ConsoleSettings settings, @Value("${events.api.base-path}") String basePath) {
        this.settings = settings;
        this.basePath = basePath;
    }

    /** Where Intuit sends a browser back to; it has to be registered there in these very characters. */
    String redirect(HttpServletRequest request) {
        return root(request) + ConsolePath.BELOW + "/connected";
    }

    String api(HttpServletRequest request) {
        return root(request) + basePath;
    }

    private String root(HttpServletRequest request) {
        return settings.url().isBlank()
                ? ServletUriComponentsBuilder.fromContextPath(request).build().toUriString()
                : settings.url().strip().replaceAll("/+$", "");
    }
}
