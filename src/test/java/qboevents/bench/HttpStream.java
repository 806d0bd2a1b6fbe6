// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/**
 * The messages of one HTTP/1.1 connection, cut out of its bytes where they lie. It knows what this machine's own parties
 * send and nothing more, because what it costs is taken from the service.
 */
final class HttpStream {

    private static final byte[] LENGTH = "content-length:".getBytes();
    private static final byte[] CHUNKED = "transfer-encoding: chunked".getBytes();
    private static final byte[] CLOSE = "connection: close".getBytes();

    private byte[] bytes = new byte[16 * 1024];
    private ByteBuffer buffer = ByteBuffer.wrap(bytes);
    private int start;
    private int end;
    private int bodyStart;
    private int bodyEnd;
    private int messageEnd;
    private boolean closes;

    /** @return false when the other side has closed */
    boolean readFrom(ReadableByteChannel channel) throws IOException {
        makeRoom();
        int read = channel.read(buffer.position(end).limit(bytes.length));
        end += Math.max(read, 0);
        return read >= 0;
    }

    /** Moves on. @return whether a whole message is here, of which the other methods speak */
    boolean next() {
        start = messageEnd;
        int head = endOfHead();
        return head > 0 && readHead(head);
    }

    byte[] bytes() {
        return bytes;
    }

    int bodyStart() {
        return bodyStart;
    }

    int bodyEnd() {
        return bodyEnd;
    }

    /** Of an answer. */
    int status() {
        int at = start + "HTTP/1.1 ".length();
        return (bytes[at] - '0') * 100 + (bytes[at + 1] - '0') * 10 + bytes[at + 2] - '0';
    }

    /** Whether no more comes after this message. */
    boolean closes() {
        return closes;
    }

    private void makeRoom() {
        start = messageEnd;
        if (start == end) {
            start = end = messageEnd = 0;
        } else if (end == bytes.length && start > 0) {
            System.arraycopy(bytes, start, bytes, 0, end - start);
            end -= start;
            start = messageEnd = 0;
        } else if (end == bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
            buffer = ByteBuffer.wrap(bytes);
        }
    }

    private int endOfHead() {
        for (int at = start + 3; at < end; at++) {
            if (bytes[at] == '\n' && bytes[at - 1] == '\r' && bytes[at - 2] == '\n') {
                return at + 1;
            }
        }
        return 0;
    }

    private boolean readHead(int head) {
        int length = 0;
        boolean chunked = false;
        closes = false;
        for (int at = start; at < head - 1; at++) {
            if (bytes[at] != '\n') {
                continue;
            }
            if (startsWith(LENGTH, at + 1)) {
                length = number(at + 1 + LENGTH.length, 10);
            }
            chunked |= startsWith(CHUNKED, at + 1);
            closes |= startsWith(CLOSE, at + 1);
        }
        bodyStart = head;
        return chunked ? joinChunks(head) : end(head + length, head + length);
    }

    private boolean joinChunks(int head) {
        int last = chunksEnd(head);
        if (last > end) {
            return false;
        }
        int body = head;
        for (int at = head; at < last; ) {
            int size = number(at, 16);
            int data = afterLine(at);
            System.arraycopy(bytes, data, bytes, body, size);
            body += size;
            at = data + size + 2;
        }
        return end(body, last);
    }

    /** Beyond the end as long as it has not come. */
    private int chunksEnd(int head) {
        int at = head;
        while (true) {
            int data = afterLine(at);
            if (data > end) {
                return Integer.MAX_VALUE;
            }
            int size = number(at, 16);
            at = data + size + 2;
            if (size == 0 || at > end) {
                return at;
            }
        }
    }

    private boolean end(int body, int message) {
        bodyEnd = body;
        boolean whole = message <= end;
        messageEnd = whole ? message : start;
        return whole;
    }

    private int afterLine(int from) {
        for (int at = from; at < end; at++) {
            if (bytes[at] == '\n') {
                return at + 1;
            }
        }
        return Integer.MAX_VALUE;
    }

    private int number(int from, int radix) {
        int at = from;
        while (bytes[at] == ' ') {
            at++;
        }
        int number = 0;
        for (int digit; (digit = Character.digit(bytes[at], radix)) >= 0; at++) {
            number = number * radix + digit;
        }
        return number;
    }

    private boolean startsWith(byte[] lowerCase, int from) {
        for (int i = 0; i < lowerCase.length; i++) {
            int letter = bytes[from + i];
            if (letter != lowerCase[i] && (letter | 0x20) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }
}
