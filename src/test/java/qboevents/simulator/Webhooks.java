// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Intuit's webhooks: from {@link #subscribe} on, every change of every company is told to the app's one endpoint, in
 * small bundles, in order and again until it is acknowledged with 200, unless {@link #moods} say otherwise.
 */
public final class Webhooks implements AutoCloseable {

    private final WebhookSettings settings = new WebhookSettings();
    private final WebhookMoods moods = new WebhookMoods();
    private final WebhookTally tally = new WebhookTally();
    private final WebhookTimes times = new WebhookTimes();
    private final WebhookSender sender;
    private final WebhookQueue queue;

    Webhooks(Clock clock) {
        sender = new WebhookSender(clock);
        queue = new WebhookQueue(settings, moods, sender, tally);
    }

    /** Replaces an earlier subscription, also for what still waits to be sent. */
    public Webhooks subscribe(String url, String verifierToken) {
        settings.endpoint = Optional.of(new WebhookEndpoint(URI.create(url), verifierToken));
        return this;
    }

    public Webhooks form(WebhookForm form) {
        settings.form = form;
        return this;
    }

    /** Instead of the form's own. */
    public Webhooks contentType(String contentType) {
        settings.contentType = Optional.of(contentType);
        return this;
    }

    /** How long events are gathered for one POST; 50 ms. */
    public Webhooks window(Duration window) {
        settings.window = window;
        return this;
    }

    /** Events in one POST; 100. */
    public Webhooks atMost(int events) {
        settings.largestPost = events;
        return this;
    }

    /** Real time after which an answer comes too late; 3 s. */
    public Webhooks patience(Duration patience) {
        settings.patience = patience;
        return this;
    }

    /** By how much the pauses of Intuit's retry schedule are shortened; 1000. */
    public Webhooks compression(double factor) {
        settings.compression = factor;
        return this;
    }

    public WebhookMoods moods() {
        return moods;
    }

    /** Made by hand, and sent as one POST in its turn, until it is acknowledged. */
    public Webhooks send(List<WebhookEvent> events) {
        endpoint();
        queue.send(List.copyOf(events));
        return this;
    }

    /**
     * Made by hand, and sent once, past everything that waits.
     *
     * @return the status, 0 when there was no answer in time
     */
    public int sendNow(List<WebhookEvent> events) {
        return sendNow(settings.form.bytes(moods.arrange(events), moods));
    }

    /** Any bytes, signed as a good body would be. */
    public int sendNow(byte[] body) {
        var endpoint = moods.isForging() ? endpoint().forged() : endpoint();
        var contentType = settings.contentType.orElse(settings.form.contentType());
        var status = sender.post(endpoint, contentType, body, settings.patience);
        tally.answered(status);
        return status;
    }

    /** Returns when nothing is left to be sent, repeats included; fails when that takes longer. */
    public void awaitIdle(Duration atMost) {
        tally.awaitIdle(atMost);
    }

    /** Every POST that was answered or given up, also repeats and retries. */
    public long posts() {
        return tally.countPosts();
    }

    /** POSTs that were answered with 200. */
    public long acknowledged() {
        return tally.countAcknowledged();
    }

    /** How often a POST got which other status; 0 stands for no answer in time. */
    public Map<Integer, Long> refused() {
        return tally.refused();
    }

    /** Events that were never told because {@link WebhookMoods#losing} took them. */
    public long lost() {
        return tally.countLost();
    }

    @Override
    public void close() {
        queue.close();
        sender.close();
    }

    /** Called while the company's books are held. */
    void tell(String realmId, Change change) {
        if (settings.endpoint.isEmpty() || !Entity.of(change.entity()).hasWebhooks()) {
            return;
        }
        var event = WebhookEvent.of(realmId, change, times.of(change.lastUpdated()));
        if (moods.loses(event)) {
            tally.lost();
        } else {
            queue.tell(event, moods.delay());
        }
    }

    private WebhookEndpoint endpoint() {
        return settings.endpoint.orElseThrow(() -> new IllegalStateException("Nobody has subscribed to webhooks"));
    }
}
