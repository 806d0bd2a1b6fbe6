// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-30T17:18:00Z");
    private static final Duration MOST = Duration.ofDays(30);

    @ParameterizedTest
    @ValueSource(strings = {"60", " 60 ", "Mon, 30 Nov 2026 17:19:00 GMT", "mon, 30 nov 2026 17:19:00 gmt",
        "Mon, 30 Nov 2026 09:19:00 -0800", "Monday, 30-Nov-26 17:19:00 GMT", "MONDAY, 30-NOV-26 17:19:00 GMT",
        "monday, 30-nov-26 17:19:00 gmt", "Mon Nov 30 17:19:00 2026", "mon nov 30 17:19:00 2026"})
    void readsAMinuteInWhicheverForm(String header) {
        assertThat(RetryAfter.read(header, NOW, MOST)).contains(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Tue Dec  1 17:18:00 2026", "Tue Dec 01 17:18:00 2026", "Tuesday, 01-Dec-26 17:18:00 GMT"})
    void readsADayOfOneDigit(String header) {
        assertThat(RetryAfter.read(header, NOW, MOST)).contains(Duration.ofDays(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"Monday, 30-Nov-76 17:18:00 GMT; P30D", "Tuesday, 30-Nov-76 17:18:01 GMT; PT0S",
        "Friday, 31-Dec-76 00:00:00 GMT; PT0S", "Sunday, 30-Nov-75 00:00:00 GMT; P30D", "Sunday, 06-Nov-94 08:49:37 GMT; PT0S"})
    void takesAYearThatSeemsMoreThanFiftyYearsAwayForOneOfThePast(String header, Duration wait) {
        assertThat(RetryAfter.read(header, NOW, MOST)).contains(wait);
    }

    @Test
    void waitsNeverLongerThanAsked() {
        assertThat(RetryAfter.read("Fri Nov 30 17:19:00 2035", NOW, MOST)).contains(MOST);
        assertThat(RetryAfter.read("Sun Nov  6 08:49:37 1994", NOW, MOST)).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-60", "1.5", "Monday, 30-Nov-26", "Someday, 30-Nov-26 17:19:00 GMT",
        "Monday, 31-Nov-26 17:19:00 EST", "Mon Nov 30 2026", "2026-11-30T17:19:00Z"})
    void readsNothingOfWhatIsNoDate(String header) {
        assertThat(RetryAfter.read(header, NOW, MOST)).isEmpty();
        assertThat(RetryAfter.read(null, NOW, MOST)).isEmpty();
    }
}
