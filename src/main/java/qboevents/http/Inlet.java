// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Where Intuit posts its webhooks to, and what is below it. */
@Component
public final class Inlet {

    private final String path;

    Inlet(@Value("${events.api.base-path}") String basePath) {
        this.path = basePath + "/events/quickbooks";
    }

    public String path() {
        return path;
    }

    public boolean of(HttpServletRequest request) {
        var asked = request.getRequestURI();
        return asked.startsWith(path) && (asked.length() == path.length() || asked.charAt(path.length()) == '/');
    }
}
