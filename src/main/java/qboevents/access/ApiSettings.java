// SPDX-License-Identifier: Apache-2.0
package qboevents.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param basePath where the API is served
 * @param userSecret first half of who may use it; empty: generated once
 * @param organizationSecret second half; empty: generated once
 */
@ConfigurationProperties("events.api")
public record ApiSettings(
        @DefaultValue("/elements/api-v2") String basePath,
        @DefaultValue("") String userSecret,
        @DefaultValue("") String organizationSecret) {

    public ApiSettings {
        if (basePath.endsWith("/")) {
            throw new IllegalArgumentException("events.api.base-path is " + basePath + "; leave out the slash at its end");
        }
    }

    @Override
    public String toString() {
        return "ApiSettings[basePath=" + basePath + ", secrets=***]";
    }
}
