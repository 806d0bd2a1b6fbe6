// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the routes are.
 *
 * @param folder a folder of *.camel.yaml files; without the default one, the copies in the jar are read
 * @param reload whether an edit in that folder is taken over while the service runs
 */
@ConfigurationProperties("events.routes")
public record RoutesSettings(@DefaultValue(DEFAULT_FOLDER) String folder, @DefaultValue("true") boolean reload) {

    static final String DEFAULT_FOLDER = "./routes";
}
