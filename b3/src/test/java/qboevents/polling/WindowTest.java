// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final Duration OVERLAP = Duration.ofMinutes(5);
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant START = NOW.minusSeconds(3600);

    private static Window full(Window window, int kept, Instant last) {
        return window.after(1000, kept, true, last, NOW, OVERLAP);
    }

    private static Window partial(Window window, int rows, int kept, Instant last) {
        return window.after(rows, kept, false, last, NOW, OVERLAP);
    }

    @Test
    void endsWithAPageThatIsNotFullAndStaysTheOverlapBehindQuickBooksClock() {
        var next = partial(Window.from(START), 3, 3, NOW.minusSeconds(30));

        assertThat(next.finished()).isTrue();
        assertThat(next.safe()).isEqualTo(NOW.minus(OVERLAP));
    }

    @Test
    void goesOnFromTheLastValueOfAFullPageSoThatNothingCanShift() {
        var last = START.plusSeconds(60);

        var next = full(Window.from(START), 1000, last);

        assertThat(next.finished()).isFalse();
        assertThat(next.since()).isEqualTo(last);
        assertThat(next.position()).isEqualTo(1);
        assertThat(next.safe()).isEqualTo(last);
    }

    @Test
    void isNotSafeBeyondTheOverlapWhileItReadsThePresent() {
        var recent = NOW.minusSeconds(10);

        var next = full(Window.from(START), 1000, recent);
        var later = next.after(5, 5, false, recent.plusSeconds(3), NOW.plusSeconds(600), OVERLAP);

        assertThat(next.safe()).isEqualTo(NOW.minus(OVERLAP));
        assertThat(later.safe()).as("what was late when the first page was read may still be missing").isEqualTo(NOW.minus(OVERLAP));
    }

    @Test
    void readsACrowdedSecondByPositionAndAgainUntilAPassBringsNothingNew() {
        var first = full(Window.from(START), 1000, START);
        assertThat(first.since()).isEqualTo(START);
        assertThat(first.position()).isEqualTo(1001);

        var second = full(first, 1000, START);
        assertThat(second.position()).isEqualTo(2001);

        var again = partial(second, 10, 10, START);
        assertThat(again.finished()).isFalse();
        assertThat(again.position()).isEqualTo(1);

        var pass2 = partial(full(full(again, 0, START), 1, START), 9, 0, START);
        assertThat(pass2.finished()).as("one record had been skipped in the first pass").isFalse();

        var pass3 = partial(full(full(pass2, 0, START), 0, START), 9, 0, START);
        assertThat(pass3.finished()).isTrue();
    }

    @Test
    void repeatsACrowdedSecondOnceEvenWhenItsFirstPassWasAllKnown() {
        var ended = partial(full(Window.from(START), 0, START), 10, 0, START);

        assertThat(ended.finished()).isFalse();
    }

    @Test
    void leavesACrowdedSecondForTheNextOne() {
        var after = START.plusSeconds(1);
        var pass1 = full(full(Window.from(START), 1000, START), 500, after);
        assertThat(pass1.since()).isEqualTo(START);

        var pass2 = full(full(pass1, 0, START), 0, after);

        assertThat(pass2.since()).isEqualTo(after);
        assertThat(pass2.position()).isEqualTo(1);
    }

    @Test
    void takesTheRecordsOwnTimeWhenQuickBooksDoesNotTellTheTime() {
        var last = START.plusSeconds(60);

        var next = Window.from(START).after(3, 3, false, last, null, OVERLAP);

        assertThat(next.safe()).isEqualTo(last.minus(OVERLAP));
    }

    @Test
    void movesNowhereWhenNothingTellsATime() {
        var next = Window.from(START).after(0, 0, false, null, null, OVERLAP);

        assertThat(next.finished()).isTrue();
        assertThat(next.safe()).isNull();
    }
}
