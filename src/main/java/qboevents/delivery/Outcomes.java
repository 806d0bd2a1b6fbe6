// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.http.RetryAfter;
import qboevents.http.TooLateToSend;

/** Decides what a receiver's answer, or its absence, means. */
@Component
class Outcomes {

    private static final int MOST_WORDS = 500; // characters
    /** A receiver that asks for more has most likely confused milliseconds with seconds. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(30);

    private final RetrySchedule schedule;
    private final Clock clock;

    Outcomes(DeliverySettings settings, Clock clock) {
        this.schedule = RetrySchedule.of(settings.retry());
        this.clock = clock;
    }

    /**
     * Only 2xx is taken: a redirect is not followed, since what is signed is for the address that was configured.
     *
     * @param status null: an endpoint that knows none has not failed
     */
    Outcome answered(Delivery delivery, @Nullable Integer status, @Nullable String retryAfter, byte @Nullable [] answer) {
        if (status == null) {
            return new Outcome.Delivered(delivery, attempt(delivery, null, null, new byte[0]));
        }
        var body = answer == null ? new byte[0] : Echo.blotted(answer, delivery.instance().events().callback());
        if (status >= 200 && status < 300) {
            return new Outcome.Delivered(delivery, attempt(delivery, status, null, body));
        }
        if (status == 410) {
            return new Outcome.Dead(delivery, attempt(delivery, status, "answered 410: the receiver is gone for good", body));
        }
        var wait = status == 429 || status == 503
                ? RetryAfter.read(retryAfter, clock.instant(), LONGEST_RETRY_AFTER).orElse(Duration.ZERO)
                : Duration.ZERO;
        return failed(delivery, attempt(delivery, status, "answered " + status, body), wait);
    }

    Outcome unanswered(Delivery delivery, Throwable thrown) {
        var cause = root(thrown);
        var attempt = attempt(delivery, null, printable(name(cause)), new byte[0]);
        return cause instanceof TooLateToSend
                ? new Outcome.Unsent(delivery, attempt)
                : failed(delivery, attempt, Duration.ZERO);
    }

    private Attempt attempt(Delivery delivery, @Nullable Integer status, @Nullable String error, byte[] answer) {
        return new Attempt(
                delivery.startedAt(), Duration.between(delivery.startedAt(), clock.instant()), status, error, answer);
    }

    private Outcome failed(Delivery delivery, Attempt attempt, Duration atLeast) {
        var delay = schedule.after(delivery.attempts() + 1, ThreadLocalRandom.current());
        if (delay.isEmpty()) {
            return delivery.repeat() ? new Outcome.Ended(delivery, attempt) : new Outcome.Dead(delivery, attempt);
        }
        var wait = delay.get().compareTo(atLeast) < 0 ? atLeast : delay.get();
        return new Outcome.RetryAt(delivery, attempt, clock.instant().plus(wait));
    }

    /** A receiver may have chosen the words, and a database does not take all of them. */
    private static String printable(String text) {
        var clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.length() <= MOST_WORDS ? clean : clean.substring(0, MOST_WORDS) + "…";
    }

    private static String name(Throwable cause) {
        if (cause instanceof SocketTimeoutException) {
            return "timed out";
        }
        if (cause instanceof UnknownHostException) {
            return "host not found: " + cause.getMessage();
        }
        if (cause instanceof SSLException) {
            return "no secure connection: " + cause.getMessage();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static Throwable root(Throwable thrown) {
        var cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }
}
