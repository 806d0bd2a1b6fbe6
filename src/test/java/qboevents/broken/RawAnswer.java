// SPDX-License-Identifier: Apache-2.0
package qboevents.broken;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** @param status 0 when nothing came */
record RawAnswer(int status, Map<String, String> headers, String body) {

    static RawAnswer of(String text) {
        if (text.isEmpty()) {
            return new RawAnswer(0, Map.of(), "");
        }
        int end = text.indexOf("\r\n\r\n");
        if (!text.startsWith("HTTP/1.1 ") || end < 0) {
            return new RawAnswer(0, Map.of(), text); // as HTTP/0.9 is answered, without a head
        }
        int status = Integer.parseInt(text.substring(9, 12));
        if (status == 100) {
            return of(text.substring(end + 4));
        }
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        text.substring(0, end).lines().skip(1).map(line -> line.split(": ?", 2)).forEach(pair -> headers.put(pair[0], pair[1]));
        var rest = text.substring(end + 4);
        var bytes = headers.getOrDefault("Transfer-Encoding", "").equals("chunked")
                ? joined(rest)
                : rest.getBytes(StandardCharsets.ISO_8859_1);
        return new RawAnswer(status, headers, new String(bytes, StandardCharsets.UTF_8));
    }

    private static byte[] joined(String chunks) {
        var all = new ByteArrayOutputStream();
        var at = 0;
        for (int length = length(chunks, at); length > 0; length = length(chunks, at)) {
            int start = chunks.indexOf("\r\n", at) + 2;
            all.writeBytes(chunks.substring(start, start + length).getBytes(StandardCharsets.ISO_8859_1));
            at = start + length + 2;
        }
        return all.toByteArray();
    }

    private static int length(String chunks, int at) {
        return Integer.parseInt(chunks.substring(at, chunks.indexOf("\r\n", at)), 16);
    }
}
