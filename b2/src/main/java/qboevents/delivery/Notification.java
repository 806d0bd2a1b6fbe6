// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.util.HashMap;
import java.util.Map;

/**
 * What is sent. Camel's simple language reads it, so it is public, and no name of its may be another's getter.
 *
 * @param bytes the body as it was signed
 */
public record Notification(String url, Map<String, String> headers, byte[] bytes) {

    /** Those of the request, and where it goes: an address from our table, never from a message. */
    public Map<String, Object> request() {
        var all = new HashMap<String, Object>(headers);
        all.put("CamelHttpUri", url);
        return all;
    }
}
