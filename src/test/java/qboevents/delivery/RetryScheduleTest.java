// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private static List<Duration> delays(String setting) {
        var schedule = RetrySchedule.of(setting);
        return IntStream.iterate(1, n -> n + 1)
                .mapToObj(n -> schedule.after(n, new Random(n)))
                .takeWhile(java.util.Optional::isPresent)
                .map(java.util.Optional::get)
                .toList();
    }

    @Test
    void knowsThePresetsOfCloudElementsAndOpenConnectors() {
        assertThat(delays("cloud-elements")).extracting(Duration::toSeconds)
                .containsExactly(4L, 16L, 64L, 256L, 1024L, 4096L, 16384L, 65536L, 262144L);
        assertThat(delays("open-connectors")).extracting(Duration::toSeconds).containsExactly(8L, 64L, 512L, 4096L, 32768L);
    }

    @Test
    void addsUpToATenthAtRandomToTheStandardOne() {
        var delays = delays("standard");

        assertThat(delays).hasSize(11);
        assertThat(delays.get(0)).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5500));
        assertThat(delays.get(10)).isBetween(Duration.ofHours(24), Duration.ofMinutes(24 * 66));
        assertThat(delays).extracting(Duration::toMillis).anyMatch(millis -> millis % 1000 != 0);
    }

    @Test
    void takesAListAsItIs() {
        assertThat(delays("5s, 30s,2m,500ms")).containsExactly(
                Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMillis(500));
    }

    @Test
    void refusesWhatIsNoScheduleByName() {
        assertThatThrownBy(() -> RetrySchedule.of("often")).hasMessageContaining("events.delivery.retry").hasMessageContaining("often");
        assertThatThrownBy(() -> RetrySchedule.of("5s,-1s")).hasMessageContaining("events.delivery.retry");
        assertThatThrownBy(() -> RetrySchedule.of("5s,30")).hasMessageContaining("events.delivery.retry")
                .hasMessageContaining("a delay is 30, a number without a unit");
    }
}
