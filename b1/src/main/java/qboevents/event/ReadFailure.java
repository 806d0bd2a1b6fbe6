// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The vendor could not be read. Nothing was passed over: the same window is read again. */
public class ReadFailure extends RuntimeException {

    private final boolean counted;
    private final @Nullable Duration wait;

    private ReadFailure(String message, boolean counted, @Nullable Duration wait, @Nullable Throwable cause) {
        super(message, cause, false, cause != null);
        this.counted = counted;
        this.wait = wait;
    }

    /** Tried again after a while that grows, at most the poll interval. */
    public static ReadFailure of(String message) {
        return new ReadFailure(message, true, null, null);
    }

    /** The vendor said, or is known to want, that nobody asks for this long. */
    public static ReadFailure waiting(String message, Duration wait) {
        return new ReadFailure(message, true, wait, null);
    }

    /** Nothing went wrong with this resource; it is only not its turn. Not counted as a failure. */
    public static ReadFailure postponed(String message, Duration wait) {
        return new ReadFailure(message, false, wait, null);
    }

    public boolean counted() {
        return counted;
    }

    /** How long to wait; empty: as the schedule of failures says. */
    public Optional<Duration> pause() {
        return Optional.ofNullable(wait);
    }
}
