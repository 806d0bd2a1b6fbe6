// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;

/** Gives requests to their route, and knows how many it has taken: an exchange of routes ends none of them. */
public final class HttpConsumer extends SpringBootPlatformHttpConsumer {

    private final WebhookFilter webhooks;
    private final AtomicInteger taken = new AtomicInteger();

    HttpConsumer(PlatformHttpEndpoint endpoint, Processor processor, Executor executor, WebhookFilter webhooks) {
        super(endpoint, processor, executor);
        this.webhooks = webhooks;
    }

    /** On a thread of the API's. */
    @Override
    public CompletableFuture<Void> service(HttpServletRequest request, HttpServletResponse response) {
        taken.incrementAndGet();
        StartingFilter.found(request);
        try {
            return super.service(request, response).whenComplete((nothing, failure) -> taken.decrementAndGet());
        } catch (RuntimeException e) { // no thread for it
            taken.decrementAndGet();
            throw e;
        }
    }

    /** On the thread that has read it. */
    void serve(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        taken.incrementAndGet();
        StartingFilter.found(request);
        try {
            handleService(request, response);
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        } finally {
            taken.decrementAndGet();
        }
    }

    public boolean isBusy() {
        return taken.get() > 0;
    }

    /** Who has found it is served still. */
    public void takeOff() {
        webhooks.ends(this);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        webhooks.begins(this);
    }

    @Override
    protected void doStop() throws Exception {
        webhooks.ends(this);
        super.doStop();
    }
}
