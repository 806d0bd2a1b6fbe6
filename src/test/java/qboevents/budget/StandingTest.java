// SPDX-License-Identifier: Apache-2.0
package qboevents.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arithmetic of a month: what will have been used by its end, and how far polls have to be apart. */
class StandingTest {

    private static final BudgetSettings NO_CEILING = new BudgetSettings(0, 0, 0.1, 0.8);

    private static Instant at(String time) {
        return Instant.parse(time);
    }

    /** Polls of one company, so many a day, from this day on to this moment. */
    private static CompanyUse polling(long perDay, String from, String now) {
        return polling(perDay, 0, from, now);
    }

    private static CompanyUse polling(long perDay, long othersPerDay, String from, String now) {
        var use = new CompanyUse();
        for (var day = LocalDate.parse(from); !start(day).isAfter(at(now)); day = day.plusDays(1)) {
            double share = Math.min(1, Duration.between(start(day), at(now)).toSeconds() / 86_400.0);
            long polls = Math.round(perDay * share);
            long others = Math.round(othersPerDay * share);
            use.add(day, new DayUse(polls + others, others, polls));
        }
        return use;
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static Standing standing(CompanyUse use, BudgetSettings settings, String now) {
        return Standing.of(Map.of("1", use), settings, at(now));
    }

    @Test
    void goesByThePaceOfTheLastDays() {
        var use = polling(2112, "2026-10-01", "2026-11-20T12:00:00Z");

        var all = standing(use, NO_CEILING, "2026-11-20T12:00:00Z").all();

        assertThat(all.used()).isEqualTo(2112 * 19 + 1056);
        assertThat(all.forecast()).isCloseTo(2112 * 30, within(2L));
        assertThat(all.stretch()).isEqualTo(1);
    }

    @Test
    void knowsThePaceInTheFirstHoursOfAMonthFromTheLastOne() {
        var use = polling(2112, "2026-10-01", "2026-11-01T01:00:00Z");

        var all = standing(use, NO_CEILING, "2026-11-01T01:00:00Z").all();

        assertThat(all.used()).isEqualTo(88);
        assertThat(all.forecast()).isCloseTo(2112 * 30, within(2L));
    }

    @Test
    void doesNotTakeTheFirstHourOfAnInstallationForEveryHour() {
        var use = new CompanyUse();
        use.add(LocalDate.parse("2026-11-02"), new DayUse(2000, 0, 2000)); // all that there is, read from its first day

        var all = standing(use, new BudgetSettings(500_000, 0, 0.1, 0.8), "2026-11-02T00:30:00Z").all();

        assertThat(all.forecast()).isCloseTo(60_000, within(1000L));
        assertThat(all.stage()).isEqualTo(Stage.FINE);
        assertThat(all.stretch()).isEqualTo(1);
    }

    @Test
    void stretchesSoThatWhatIsLeftLasts() {
        var settings = new BudgetSettings(40_000, 0, 0.1, 0.8);
        var use = polling(2000, "2026-11-01", "2026-11-11T00:00:00Z"); // 20,000 used, 16,000 left for 20 days

        var all = standing(use, settings, "2026-11-11T00:00:00Z").all();

        assertThat(all.stretch()).isCloseTo(2000 / 800.0, within(0.05));
        assertThat(all.stage()).isEqualTo(Stage.LOW);
    }

    @Test
    void leavesToWebhooksWhatTheyTakeBeforeItStretches() {
        var settings = new BudgetSettings(40_000, 0, 0.1, 0.8);
        var use = polling(1500, 500, "2026-11-01", "2026-11-11T00:00:00Z");

        var stretch = standing(use, settings, "2026-11-11T00:00:00Z").all().stretch();

        assertThat(stretch).isCloseTo(1500 / 300.0, within(0.1));
    }

    @Test
    void growsWithoutAStepAndHasAnEnd() {
        var use = polling(2000, "2026-11-01", "2026-11-11T00:00:00Z");
        var stretches = DoubleStream.iterate(10_000, calls -> calls < 100_000, calls -> calls + 100)
                .map(calls -> standing(use, new BudgetSettings((long) calls, 0, 0.1, 0.8), "2026-11-11T00:00:00Z").all().stretch())
                .boxed().toList();

        assertThat(stretches).startsWith(24.0).endsWith(1.0).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(stretches).filteredOn(each -> each > 1 && each < 24).hasSizeGreaterThan(100);
    }

    @Test
    void keepsAStretchedMonthBelowTheCeilingLessTheReserveAndDoesNotSwing() {
        var settings = new BudgetSettings(40_000, 0, 0.1, 0.8);
        var use = new CompanyUse();
        var stretches = new ArrayList<Double>();
        for (var now = at("2026-11-01T00:00:00Z"); now.isBefore(at("2026-12-01T00:00:00Z")); now = now.plus(Duration.ofHours(1))) {
            double stretch = Standing.of(Map.of("1", use), settings, now).stretch("1");
            long calls = Math.round(2400 / 24.0 / stretch);
            use.add(LocalDate.ofInstant(now, ZoneOffset.UTC), new DayUse(calls, 0, calls * stretch));
            if (now.isAfter(at("2026-11-05T00:00:00Z")) && now.isBefore(at("2026-11-29T00:00:00Z"))) {
                stretches.add(stretch);
            }
        }

        assertThat(use.used(Standing.month(at("2026-11-30T00:00:00Z")))).isBetween(35_000L, 36_100L);
        assertThat(stretches).as("72,000 are wanted, 36,000 may be").allSatisfy(each ->
                assertThat(each).isBetween(1.9, 2.6));
    }

    @Test
    void stretchesACompanyByItsOwnCeilingToo() {
        var now = "2026-11-11T00:00:00Z";
        var companies = Map.of("busy", polling(2000, "2026-11-01", now), "quiet", polling(100, "2026-11-01", now));

        var standing = Standing.of(companies, new BudgetSettings(500_000, 40_000, 0.1, 0.8), at(now));

        assertThat(standing.stretch("busy")).isCloseTo(2.5, within(0.05));
        assertThat(standing.stretch("quiet")).isEqualTo(1);
        assertThat(standing.stretch("unknown")).isEqualTo(1);
        assertThat(standing.all().stretch()).isEqualTo(1);
    }

    @Test
    void tellsTheStagesApart() {
        var ceiling = new Ceiling(1000, 0.1, 0.8);

        assertThat(Stream.of(0, 799, 800, 899, 900, 999, 1000, 2000).map(used -> ceiling.stage(used, used))).containsExactly(
                Stage.FINE, Stage.FINE, Stage.LOW, Stage.LOW, Stage.RESERVE, Stage.RESERVE, Stage.USED_UP, Stage.USED_UP);
        assertThat(ceiling.stage(100, 800)).isEqualTo(Stage.LOW);
        assertThat(new Ceiling(0, 0.1, 0.8).stage(1_000_000, 1_000_000)).isEqualTo(Stage.FINE);
    }
}
