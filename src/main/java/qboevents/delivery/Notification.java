// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.util.Map;

/**
 * What is sent.
 *
 * @param bytes the body as it was signed
 */
public record Notification(String url, Map<String, String> headers, byte[] bytes) {

    @Override
    public String toString() {
        return "Notification[url=" + url + ", headers=" + headers.keySet() + ", bytes=" + bytes.length + "]";
    }
}
