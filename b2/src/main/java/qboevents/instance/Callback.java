// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where and how an instance's notifications are sent.
 *
 * @param signatureKey none: not signed
 * @param headers sent with every notification, {@code Authorization} among them when a user name is configured
 * @param format {@code open-connectors} or {@code cloudevents}
 * @param batchSize events per notification; 0: the format's default
 */
public record Callback(
        URI url, @Nullable String signatureKey, Map<String, String> headers, String format, int batchSize) {

    @Override
    public String toString() {
        return "Callback[url=" + url + ", signed=" + (signatureKey != null) + ", headers=" + headers.keySet()
                + ", format=" + format + ", batchSize=" + batchSize + "]";
    }
}
