// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Gathers events for a short while, bundles them into POSTs, and sends one after the other: until one has its 200, all
 * others wait, as at Intuit. Everything happens on one thread, so nothing here needs a lock.
 */
final class WebhookQueue implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(WebhookQueue.class.getName());

    private final WebhookSettings settings;
    private final WebhookMoods moods;
    private final WebhookSender sender;
    private final WebhookTally tally;
    private final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(
            1, WebhookSender::daemon, new ThreadPoolExecutor.DiscardPolicy());
    private final List<WebhookEvent> gathered = new ArrayList<>();
    private final Deque<WebhookPost> posts = new ArrayDeque<>();
    private boolean gathering;
    private boolean sending;

    WebhookQueue(WebhookSettings settings, WebhookMoods moods, WebhookSender sender, WebhookTally tally) {
        this.settings = settings;
        this.moods = moods;
        this.sender = sender;
        this.tally = tally;
    }

    void tell(WebhookEvent event, Duration late) {
        tally.opened(1);
        in(late, () -> gather(event));
    }

    /** In one POST of its own. */
    void send(List<WebhookEvent> events) {
        tally.opened(events.size());
        in(Duration.ZERO, () -> add(events));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void gather(WebhookEvent event) {
        gathered.add(event);
        bundleSoon();
    }

    private void bundleSoon() {
        if (!gathering) {
            gathering = true;
            in(settings.window, this::bundle);
        }
    }

    private void bundle() {
        gathering = false;
        var events = moods.take(gathered);
        var most = settings.largestPost;
        for (var from = 0; from < events.size(); from += most) {
            add(events.subList(from, Math.min(from + most, events.size())));
        }
        if (!gathered.isEmpty()) {
            bundleSoon();
        }
    }

    private void add(List<WebhookEvent> events) {
        var form = settings.form;
        var body = form.bytes(moods.arrange(events), moods);
        var copies = moods.copies();
        tally.opened(copies * events.size());
        posts.add(new WebhookPost(settings.contentType.orElse(form.contentType()), body, events.size(), copies));
        next();
    }

    private void next() {
        if (!sending && !posts.isEmpty()) {
            sending = true;
            in(Duration.ZERO, () -> attempt(0));
        }
    }

    private void attempt(int failures) {
        var post = posts.element();
        if (send(post) == 200) {
            acknowledged(posts.remove());
        } else {
            in(compressed(WebhookRetries.after(failures + 1)), () -> attempt(failures + 1));
        }
    }

    /** The endpoint may have changed since the last attempt, and the signature with it. */
    private int send(WebhookPost post) {
        var endpoint = settings.endpoint.orElseThrow();
        var status = sender.post(
                moods.isForging() ? endpoint.forged() : endpoint, post.contentType(), post.body(), settings.patience);
        tally.answered(status);
        return status;
    }

    private void acknowledged(WebhookPost post) {
        if (post.copies() > 0) {
            posts.add(post.again());
        }
        sending = false;
        tally.closed(post.events());
        next();
    }

    private Duration compressed(Duration delay) {
        return Duration.ofNanos((long) (delay.toNanos() / settings.compression));
    }

    private void in(Duration delay, Runnable task) {
        thread.schedule(() -> attended(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A scheduled task that fails says nothing. */
    private static void attended(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException broken) {
            LOG.log(System.Logger.Level.WARNING, "The simulator's webhooks failed", broken);
        }
    }
}
