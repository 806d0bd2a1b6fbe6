// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpStreamTest {

    private static final String WITH_LENGTH = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
    private static final String CHUNKED = "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n3\r\none\r\nA\r\n, then two\r\n0\r\n\r\n";
    private static final String EMPTY = "HTTP/1.1 503 Not now\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50, 10_000})
    void cutsMessagesHoweverTheyCome(int atOnce) throws IOException {
        var stream = new HttpStream();
        var channel = inPieces((WITH_LENGTH + CHUNKED + EMPTY).repeat(200), atOnce);
        var messages = new ArrayList<String>();

        do {
            while (stream.next()) {
                messages.add(stream.closes() ? stream.status() + ", the last" : body(stream));
            }
        } while (stream.readFrom(channel));

        assertThat(messages).hasSize(600);
        assertThat(messages.subList(597, 600)).isEqualTo(List.of("hello", "one, then two", "503, the last"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 30_000})
    void growsWithTheMessage(int atOnce) throws IOException {
        var stream = new HttpStream();
        var large = "x".repeat(100_000);
        var channel = inPieces("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + large, atOnce);

        while (!stream.next()) {
            assertThat(stream.readFrom(channel)).isTrue();
        }

        assertThat(body(stream)).isEqualTo(large);
        assertThat(stream.closes()).isFalse();
    }

    private static String body(HttpStream stream) {
        return new String(stream.bytes(), stream.bodyStart(), stream.bodyEnd() - stream.bodyStart(), StandardCharsets.US_ASCII);
    }

    private static ReadableByteChannel inPieces(String text, int atOnce) {
        return Channels.newChannel(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, atOnce));
            }
        });
    }
}
