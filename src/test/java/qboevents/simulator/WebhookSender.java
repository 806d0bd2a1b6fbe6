// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One POST with the headers that Intuit sends. */
final class WebhookSender implements AutoCloseable {

    /** Instead of a status: refused connection, cut connection, or an answer that was not there in time. */
    static final int NO_ANSWER = 0;

    private final Clock clock;
    private final ExecutorService threads = Executors.newCachedThreadPool(WebhookSender::daemon);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();

    WebhookSender(Clock clock) {
        this.clock = clock;
    }

    int post(WebhookEndpoint endpoint, String contentType, byte[] body, Duration atMost) {
        var answer = http.sendAsync(request(endpoint, contentType, body), BodyHandlers.discarding());
        try {
            return answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS).statusCode();
        } catch (ExecutionException | TimeoutException none) {
            return NO_ANSWER;
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            return NO_ANSWER;
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    static Thread daemon(Runnable task) {
        var thread = new Thread(task, "simulator-webhooks");
        thread.setDaemon(true);
        return thread;
    }

    private HttpRequest request(WebhookEndpoint endpoint, String contentType, byte[] body) {
        return HttpRequest.newBuilder(endpoint.url())
                .header("intuit-signature", endpoint.sign(body))
                .header("intuit-created-time", clock.instant().toString())
                .header("intuit-t-id", UUID.randomUUID().toString())
                .header("intuit-notification-schema-version", "0.1")
                .header("user-agent", "intuit_notification_server/0.1")
                .header("content-type", contentType)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }
}
