// SPDX-License-Identifier: Apache-2.0
package qboevents.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.database.Database;
import qboevents.simulator.MovableClock;
import qboevents.testing.TestDatabase;

/** One node has no route for deposits, another offers them. */
class ResourcesElsewhereTest {

    private static final Duration TICK = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofMinutes(11);

    private final MovableClock clock = MovableClock.at(Instant.parse("2026-11-20T08:00:00Z"));
    private final String url = TestDatabase.POSTGRESQL.freshUrl();
    private final JdbcTemplate jdbc = new JdbcTemplate(TestDatabase.POSTGRESQL.fresh(url));
    private final ResourcesElsewhere without = node();
    private ResourcesElsewhere offering;

    private ResourcesElsewhere node(Resource... offered) {
        var own = new Resources();
        own.offer(List.of(offered));
        return new ResourcesElsewhere(JdbcClient.create(jdbc), jdbc, own, new Database(url), clock);
    }

    @BeforeEach
    void bothAreUp() {
        offering = node(new Resource("deposits", "Deposit", true, false, false));
        offering.exchange();
        without.exchange();
    }

    private void ticks(Duration time, ResourcesElsewhere... nodes) {
        for (var end = clock.instant().plus(time); clock.instant().isBefore(end);) {
            clock.advance(TICK);
            List.of(nodes).forEach(ResourcesElsewhere::exchange);
        }
    }

    @Test
    void hearsWhatAnotherOffersWithAllThatIsSaidOfIt() {
        assertThat(without.ofEntity("dePosit")).contains(new Resource("deposits", "Deposit", true, false, false));
        assertThat(without.named("deposits")).isPresent();
        assertThat(without.ofEntity("Transfer")).isEmpty();
    }

    @Test
    void hearsItForAsLongAsItIsOfferedAndTenMinutesMore() {
        ticks(LONG, without, offering);
        ticks(Duration.ofMinutes(9), without);
        assertThat(without.ofEntity("Deposit")).isPresent();

        ticks(Duration.ofMinutes(2), without);
        assertThat(without.ofEntity("Deposit")).isEmpty();
    }

    /** Intuit repeats what was not taken in meanwhile, and it may be this node that gets it. */
    @Test
    void forgetsNothingOfATimeInWhichNobodyCouldTellAnything() {
        ticks(LONG, without, offering);
        clock.advance(Duration.ofHours(3));
        without.exchange();
        assertThat(without.ofEntity("Deposit")).isPresent();

        ticks(Duration.ofMinutes(9), without);
        assertThat(without.ofEntity("Deposit")).isPresent();
    }

    @Test
    void isPatientWithTheOthersAfterItsOwnStart() {
        clock.advance(Duration.ofHours(3));
        var restarted = node();
        restarted.exchange();

        assertThat(restarted.ofEntity("Deposit")).isPresent();
    }
}
