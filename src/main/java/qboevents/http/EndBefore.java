// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import java.time.Duration;

/**
 * When a request has to be over, on this process' monotonic clock. It travels with the request as a header, and whoever writes to
 * the socket takes it off and looks at it last: in between the process may have been stopped for as long as you like, and what it
 * was about to do may be another node's by now.
 */
public record EndBefore(long nanoTime) {

    /** Never sent. */
    public static final String HEADER = "elements-end-before";

    public static EndBefore in(Duration time) {
        return new EndBefore(System.nanoTime() + time.toNanos());
    }

    public static EndBefore of(String header) {
        return new EndBefore(Long.parseLong(header));
    }

    public String header() {
        return Long.toString(nanoTime);
    }

    /** Negative when it is over. */
    public Duration left() {
        return Duration.ofNanos(nanoTime - System.nanoTime());
    }
}
