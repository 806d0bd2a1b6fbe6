// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import qboevents.bench.Journal.Posts;

/** Sends webhooks over kept connections, in the thread of its caller. */
final class LoadGenerator implements AutoCloseable {

    private static final int OK = 200;
    private static final long MILLISECOND = 1_000_000;
    private static final long NAP = 50_000;
    private static final long ANSWER_LIMIT = 60_000 * MILLISECOND;

    private final Deque<Connection> idle = new ArrayDeque<>();
    private final SignedPosts posts;
    private final Journal journal;
    private final List<InetSocketAddress> targets;
    private final int connections;
    private final Selector selector;
    private int next;
    private int made;
    private long refused;

    LoadGenerator(URI target, int connections, SignedPosts posts, Journal journal) {
        this(List.of(target), connections, posts, journal);
    }

    /** @param targets each gets as many of the connections */
    LoadGenerator(List<URI> targets, int connections, SignedPosts posts, Journal journal) {
        this.targets = targets.stream().map(each -> new InetSocketAddress(each.getHost(), each.getPort())).toList();
        this.connections = connections;
        this.posts = posts;
        this.journal = journal;
        try {
            selector = Selector.open();
            for (int i = 0; i < connections; i++) {
                idle.add(new Connection());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closed loop: a connection sends its next POST when it has its answer. */
    Posts saturate(Duration time) {
        return send(time, sent -> journal.now());
    }

    /** Open loop: each POST has its time, whatever became of those before it. */
    Posts atRate(int perSecond, Duration time) {
        long begin = journal.now();
        return send(time, sent -> begin + sent * 1_000 * MILLISECOND / perSecond);
    }

    @Override
    public void close() {
        try {
            for (var key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Posts send(Duration time, LongUnaryOperator schedule) {
        int first = next;
        refused = 0;
        long begin = journal.now();
        long end = begin + time.toNanos();
        try {
            selector.selectNow(this::ready); // what the other side has closed meanwhile
            long due = schedule.applyAsLong(0);
            while (due < end) {
                while (!idle.isEmpty() && due <= journal.now() && due < end) {
                    idle.pop().send(due);
                    due = schedule.applyAsLong(next - first);
                }
                takeAnswers(Math.min(due, end));
            }
            while (idle.size() < connections) {
                takeAnswers(end + ANSWER_LIMIT);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Posts(first, next, begin, journal.now(), refused);
    }

    private void takeAnswers(long until) throws IOException {
        long rest = until - journal.now();
        if (rest > 2 * MILLISECOND || idle.isEmpty()) {
            selector.select(this::ready, Math.max(1, Math.min(rest / MILLISECOND - 1, 100)));
        } else {
            LockSupport.parkNanos(Math.min(rest, NAP)); // the selector's clock has milliseconds, too coarse for a schedule
            selector.selectNow(this::ready);
        }
    }

    private void ready(SelectionKey key) {
        try {
            ((Connection) key.attachment()).answered();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Connection {

        private HttpStream stream = new HttpStream();
        private SocketChannel channel;
        private int post = -1;
        private final InetSocketAddress target = targets.get(made++ % targets.size());

        Connection() throws IOException {
            channel = open();
        }

        void send(long due) throws IOException {
            post = next++;
            var bytes = posts.post(post);
            journal.sent(post, due);
            try {
                if (channel.write(bytes) == 0 || bytes.hasRemaining()) {
                    throw new IOException("A POST did not fit into the socket's buffer");
                }
            } catch (IOException broken) {
                settle(false);
                again();
            }
        }

        void answered() throws IOException {
            boolean open = receive();
            if (stream.next()) {
                settle(stream.status() == OK);
                open &= !stream.closes();
            } else if (!open && post >= 0) {
                settle(false);
            }
            if (!open) {
                again();
            }
        }

        private boolean receive() {
            try {
                return stream.readFrom(channel);
            } catch (IOException broken) {
                return false;
            }
        }

        private void settle(boolean ok) {
            if (ok) {
                journal.acknowledged(post);
            } else {
                refused++;
            }
            post = -1;
            idle.add(this);
        }

        private void again() throws IOException {
            channel.close();
            stream = new HttpStream();
            channel = open();
        }

        private SocketChannel open() throws IOException {
            var opened = SocketChannel.open(target);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            opened.configureBlocking(false).register(selector, SelectionKey.OP_READ, this);
            return opened;
        }
    }
}
