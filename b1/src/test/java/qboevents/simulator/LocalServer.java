// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's HTTP server with a thread for every request in flight, so that one that hangs holds up no other. */
final class LocalServer implements AutoCloseable {

    static {
        // Read once, when the first server of this JVM is made. Without it every kept connection waits 40 ms (Nagle).
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
    }

    private static final System.Logger LOG = System.getLogger(LocalServer.class.getName());

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(LocalServer::daemon);

    LocalServer(String host, int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), 1000);
        } catch (IOException taken) {
            throw new UncheckedIOException("Cannot listen on " + host + ":" + port, taken);
        }
        server.setExecutor(threads);
    }

    LocalServer on(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            try {
                handler.handle(exchange);
            } catch (RuntimeException broken) {
                LOG.log(System.Logger.Level.WARNING, "The simulator failed at " + exchange.getRequestURI(), broken);
                Response.of(500, "text/plain", broken.toString()).send(exchange);
            }
        });
        return this;
    }

    LocalServer start() {
        server.start();
        return this;
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "simulator");
        thread.setDaemon(true);
        return thread;
    }
}
