// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.util.HashMap;
import java.util.Map;

/** What is sent: the bytes that were signed, and the headers. Camel's simple language reads it, so it is public. */
public record Notification(String url, Map<String, String> headers, byte[] body) {

    /** Those of the request, and where it goes: an address from our table, never from a message. */
    public Map<String, Object> getHeaders() {
        var all = new HashMap<String, Object>(headers);
        all.put("CamelHttpUri", url);
        return all;
    }

    public byte[] getBody() {
        return body;
    }
}
