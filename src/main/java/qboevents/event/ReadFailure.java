// SPDX-License-Identifier: Apache-2.0
package qboevents.event;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The vendor could not be read. Nothing was passed over: the same window is read again. */
public class ReadFailure extends RuntimeException {

    private final boolean counted;
    private final boolean shown;
    private final @Nullable Duration wait;
    private boolean aboutRecords;

    private ReadFailure(String message, boolean counted, boolean shown, @Nullable Duration wait) {
        super(message, null, false, false);
        this.counted = counted;
        this.shown = shown;
        this.wait = wait;
    }

    /** Tried again after a while that grows, at most the poll interval. */
    public static ReadFailure of(String message) {
        return new ReadFailure(message, true, true, null);
    }

    /** The vendor said, or is known to want, that nobody asks for this long. */
    public static ReadFailure waiting(String message, Duration wait) {
        return new ReadFailure(message, true, true, wait);
    }

    /** Nothing went wrong with this resource; it is only not its turn. Not counted as a failure. */
    public static ReadFailure postponed(String message, Duration wait) {
        return new ReadFailure(message, false, false, wait);
    }

    /** The same, but for so long that whoever looks has to be told. */
    public static ReadFailure withheld(String message, Duration wait) {
        return new ReadFailure(message, false, true, wait);
    }

    /** It is what was asked for that cannot be read, or its answer: something else may be. */
    public ReadFailure inRecords() {
        aboutRecords = true;
        return this;
    }

    public boolean aboutRecords() {
        return aboutRecords;
    }

    public boolean counted() {
        return counted;
    }

    /** Whether it is told with what could not be read. */
    public boolean shown() {
        return shown;
    }

    /** How long to wait; empty: as the schedule of failures says. */
    public Optional<Duration> pause() {
        return Optional.ofNullable(wait);
    }
}
