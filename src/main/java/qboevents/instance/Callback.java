// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where and how an instance's notifications are sent.
 *
 * @param url null: none is needed, since the operator hands notifications to another endpoint
 * @param headers sent with every notification, {@code Authorization} among them when a user name is configured
 * @param format {@code open-connectors} or {@code cloudevents}
 * @param batchSize events per notification; 0: the format's default
 */
public record Callback(
        @Nullable URI url, SignatureKeys signatureKeys, Map<String, String> headers, String format, int batchSize) {

    /**
     * Events in one notification: as configured, at most so many, and of CloudEvents one.
     *
     * @param most Open Connectors: 10 polled, 20 from webhooks
     */
    public int notificationSize(int most) {
        if (format.equals("cloudevents")) {
            return 1;
        }
        return batchSize == 0 ? most : Math.min(batchSize, most);
    }

    @Override
    public String toString() {
        return "Callback[url=" + url + ", signatureKeys=" + signatureKeys + ", headers=" + headers.keySet()
                + ", format=" + format + ", batchSize=" + batchSize + "]";
    }
}
