// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import qboevents.http.EndBefore;

/**
 * What is sent, wherever to.
 *
 * @param url the receiver's own; null: it has none
 * @param receiversHeaders what only a POST to that URL may carry: the receiver's password is among them
 * @param headers what the service says of the body, its signature too
 * @param key the object that it tells of: what has one key stays in order
 * @param traceparent of the poll or webhook that brought it; null: nobody traced
 * @param bytes the body as it was signed
 * @param endBefore when another node may take over
 */
public record Notification(
        @Nullable String url,
        Map<String, String> receiversHeaders,
        Map<String, String> headers,
        long instanceId,
        String key,
        @Nullable String traceparent,
        byte[] bytes,
        EndBefore endBefore) {

    /** The same, with a header more. */
    public Notification with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Notification(url, receiversHeaders, more, instanceId, key, traceparent, bytes, endBefore);
    }

    @Override
    public String toString() {
        return "Notification[instanceId=" + instanceId + ", headers=" + headers.keySet() + ", bytes=" + bytes.length + "]";
    }
}
