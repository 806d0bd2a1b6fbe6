// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;

/** What a receiver of webhooks has to live with. All calm at first; each is switched at any time, for what follows. */
public final class WebhookMoods {

    private final Random random = new Random(7);
    private volatile int copies;
    private volatile boolean reordering;
    private volatile boolean forging;
    private volatile boolean voided;
    private volatile boolean camelCase;
    private volatile boolean upperCase;
    private volatile Duration shortest = Duration.ZERO;
    private volatile Duration longest = Duration.ZERO;
    private volatile Predicate<WebhookEvent> lost = event -> false;

    WebhookMoods() {}

    /** After its 200 every POST is sent this many times more, with the same ids, behind all that then waits. */
    public WebhookMoods repeating(int moreTimes) {
        copies = moreTimes;
        return this;
    }

    /** Events are shuffled within a POST and over POSTs. */
    public WebhookMoods reordering(boolean on) {
        reordering = on;
        return this;
    }

    /** Every event is late by some real time between these two, each by its own. */
    public WebhookMoods delaying(Duration atLeast, Duration atMost) {
        shortest = atLeast;
        longest = atMost;
        return this;
    }

    /** These events are never told. */
    public WebhookMoods losing(Predicate<WebhookEvent> some) {
        lost = some;
        return this;
    }

    /** Signed with another token. Retries are signed anew, so a POST that was refused gets through when this ends. */
    public WebhookMoods wrongSignature(boolean on) {
        forging = on;
        return this;
    }

    /** {@code voided}, as much public code expects, instead of Intuit's {@code void}. */
    public WebhookMoods voided(boolean on) {
        voided = on;
        return this;
    }

    /** {@code deletedId}, as it has been seen, instead of {@code deletedid}, as it is documented. */
    public WebhookMoods deletedIdInCamelCase(boolean on) {
        camelCase = on;
        return this;
    }

    /** {@code CREATED}. */
    public WebhookMoods upperCaseWords(boolean on) {
        upperCase = on;
        return this;
    }

    public WebhookMoods calm() {
        return repeating(0).reordering(false).delaying(Duration.ZERO, Duration.ZERO).losing(event -> false)
                .wrongSignature(false).voided(false).deletedIdInCamelCase(false).upperCaseWords(false);
    }

    int copies() {
        return copies;
    }

    boolean isForging() {
        return forging;
    }

    boolean loses(WebhookEvent event) {
        return lost.test(event);
    }

    Duration delay() {
        var span = longest.minus(shortest).toMillis();
        return span > 0 ? shortest.plusMillis(random.nextLong(span + 1)) : shortest;
    }

    /** Takes out what is to be sent now, at least one; a part may stay for later. */
    List<WebhookEvent> take(List<WebhookEvent> gathered) {
        var staying = 0;
        if (reordering) {
            Collections.shuffle(gathered, random);
            staying = random.nextInt(gathered.size() / 3 + 1);
        }
        var leaving = gathered.subList(staying, gathered.size());
        var taken = new ArrayList<>(leaving);
        leaving.clear();
        return taken;
    }

    List<WebhookEvent> arrange(List<WebhookEvent> events) {
        var arranged = new ArrayList<>(events);
        if (reordering) {
            Collections.shuffle(arranged, random);
        }
        return arranged;
    }

    String spell(String word) {
        return cased(voided && word.equals("void") ? "voided" : word);
    }

    String spellLegacy(String operation) {
        return cased(voided && operation.equals("Void") ? "Voided" : operation);
    }

    String deletedIdKey() {
        return camelCase ? "deletedId" : "deletedid";
    }

    private String cased(String word) {
        return upperCase ? word.toUpperCase(Locale.ROOT) : word;
    }
}
