// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/** Answers every callback with 200 at once, and tells whose {@code objectId}s it held; one thread. */
final class LeanReceiver implements AutoCloseable {

    private static final byte[] OBJECT_ID = "\"objectId\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OK =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final long NOT_OURS = -1;

    private final ByteBuffer answer = ByteBuffer.allocateDirect(OK.length).put(OK);
    private final Thread thread = new Thread(this::serve, "lean-receiver");
    private final LongConsumer arrived;
    private final Selector selector;
    private final ServerSocketChannel server;

    LeanReceiver(Journal journal) {
        this(journal::arrived);
    }

    /** @param arrived called with each {@code objectId}, and with -1 for a callback without any */
    LeanReceiver(LongConsumer arrived) {
        this.arrived = arrived;
        try {
            selector = Selector.open();
            server = ServerSocketChannel.open()
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
            server.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.socket().getLocalPort() + "/callback";
    }

    long threadId() {
        return thread.getId();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void serve() {
        try (server; selector) {
            while (!thread.isInterrupted()) {
                selector.select(this::ready);
            }
            for (var key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else {
                read((SocketChannel) key.channel(), (HttpStream) key.attachment());
            }
        } catch (IOException broken) {
            key.cancel();
        }
    }

    private void accept() throws IOException {
        var channel = server.accept();
        if (channel != null) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, new HttpStream());
        }
    }

    private void read(SocketChannel channel, HttpStream stream) throws IOException {
        if (!stream.readFrom(channel)) {
            channel.close();
            return;
        }
        while (stream.next()) {
            note(stream.bytes(), stream.bodyStart(), stream.bodyEnd());
            if (channel.write(answer.rewind()) < OK.length) {
                throw new IOException("An answer did not fit into the socket's buffer");
            }
        }
    }

    private void note(byte[] bytes, int from, int to) {
        boolean found = false;
        for (int at = from; at < to - OBJECT_ID.length; at++) {
            if (bytes[at] == '"' && isObjectId(bytes, at)) {
                arrived.accept(number(bytes, at + OBJECT_ID.length));
                found = true;
            }
        }
        if (!found) {
            arrived.accept(NOT_OURS);
        }
    }

    private static boolean isObjectId(byte[] bytes, int from) {
        for (int i = 1; i < OBJECT_ID.length; i++) {
            if (bytes[from + i] != OBJECT_ID[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(byte[] bytes, int from) {
        long number = 0;
        for (int at = from; bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            number = number * 10 + bytes[at] - '0';
        }
        return number;
    }
}
