// SPDX-License-Identifier: Apache-2.0
package qboevents.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Stands between a service and its PostgreSQL server, and can fall silent or be cut like any network. */
public final class DatabaseLine implements AutoCloseable {

    /** Silent: nothing is lost, nothing arrives, the other side hangs. Cut: every connection ends, and each new one at once. */
    public enum State { OPEN, SILENT, CUT }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ServerSocket door;
    private final URI server;
    private volatile State state = State.OPEN;

    /** @param url of JDBC */
    public DatabaseLine(String url) {
        server = URI.create(url.substring("jdbc:".length()));
        try {
            door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** The same database through this line. */
    public String url() {
        return "jdbc:" + server.toString().replace(server.getAuthority(), "127.0.0.1:" + door.getLocalPort());
    }

    /** Open again afterwards, whatever happens: a service that hangs on its database could not be stopped either. */
    public void whileIt(State is, Runnable task) {
        change(is);
        try {
            task.run();
        } finally {
            change(State.OPEN);
        }
    }

    private void change(State next) {
        lock.lock();
        try {
            state = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (next == State.CUT) {
            sockets.forEach(DatabaseLine::closeQuietly);
            sockets.clear();
        }
    }

    private void accept() {
        try {
            while (true) {
                var client = door.accept();
                if (state == State.CUT) {
                    client.close();
                    continue;
                }
                var target = new Socket(server.getHost(), server.getPort());
                sockets.addAll(List.of(client, target));
                start(() -> copy(client, target));
                start(() -> copy(target, client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void copy(Socket from, Socket to) {
        try {
            var buffer = new byte[64 * 1024];
            for (int read = from.getInputStream().read(buffer); read >= 0; read = from.getInputStream().read(buffer)) {
                awaitVoice();
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // cut
        } finally {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private void awaitVoice() {
        lock.lock();
        try {
            while (state == State.SILENT) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "database-line");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        change(State.CUT);
    }
}
