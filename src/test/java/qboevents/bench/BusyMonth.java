// SPDX-License-Identifier: Apache-2.0
package qboevents.bench;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** When how much is changed: seeded, on working days from eight to six, with an import of more than 1,000 records now and then. */
final class BusyMonth {

    private static final List<String> IMPORTED = List.of("Invoice", "Customer", "Payment", "Item");

    // How much, so long after the beginning.
    private final TreeMap<Duration, Integer> changes = new TreeMap<>();
    private final TreeMap<Duration, Integer> imports = new TreeMap<>();
    private final int days;

    private BusyMonth(int days) {
        this.days = days;
    }

    static BusyMonth of(long seed, int days, int count) {
        var month = new BusyMonth(days);
        var random = new Random(seed);
        int left = count;
        for (int day = 4; day < days - 1 && left > 2_000; day += 7) {
            int size = 1_150 + random.nextInt(250);
            month.imports.put(Duration.ofDays(day).plusSeconds(random.nextInt(86_400)), size);
            left -= size;
        }
        while (left > 0) {
            int size = Math.min(left, 1 + random.nextInt(8));
            month.changes.merge(month.workingTime(random), size, Integer::sum);
            left -= size;
        }
        return month;
    }

    private Duration workingTime(Random random) {
        int day = random.nextInt(days - 1);
        boolean weekend = day % 7 > 4;
        int hour = weekend || random.nextInt(20) == 0 ? random.nextInt(24) : 8 + random.nextInt(10);
        return Duration.ofDays(day).plusHours(hour).plusSeconds(random.nextInt(3_600));
    }

    void happen(MonthWorld world) {
        var all = new TreeMap<>(changes);
        imports.keySet().forEach(time -> all.merge(time, 0, Integer::sum));
        all.forEach((time, count) -> {
            world.passUntil(world.begin().plus(time));
            for (int i = 0; i < count; i++) {
                world.books().change();
            }
            if (imports.containsKey(time)) {
                world.books().importMany(imports.get(time), IMPORTED);
            }
            world.tell();
        });
        world.passUntil(world.begin().plus(Duration.ofDays(days)));
    }
}
