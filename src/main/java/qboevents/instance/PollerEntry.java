// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import qboevents.resource.Resource;
import qboevents.resource.Resources;

/**
 * One entry of {@code event.poller.configuration}. A member does what Open Connectors says it does, says what is done in
 * any case, or is refused: none is overlooked.
 */
final class PollerEntry {

    private static final Set<String> MEMBERS = Set.of("url", "idField", "filterByUpdatedDate", "filterByCurrentDate",
            "datesConfiguration", "createdCheckTolerance", "pageSize", "pollDelay", "refreshInterval");
    private static final String DATES = "datesConfiguration.";
    private static final Set<String> DATE_MEMBERS = Set.of(DATES + "updatedDateField", DATES + "updatedDateFormat",
            DATES + "updatedDateTimezone", DATES + "createdDateField", DATES + "createdDateFormat",
            DATES + "createdDateTimezone");
    private static final int DAY = 86_400;
    private static final int MOST_ON_A_PAGE = 1000; // Intuit's

    private final String name;
    private final Given given;

    /** @param name as it is called in faults */
    PollerEntry(String name, Map<?, ?> members) {
        this.name = name;
        var values = new LinkedHashMap<String, String>();
        this.given = new Given(values);
        members.forEach((member, value) -> {
            if (member.equals("datesConfiguration") && value instanceof Map<?, ?> dates) {
                dates.forEach((key, date) -> put(values, DATES + key, date, DATE_MEMBERS));
            } else {
                put(values, String.valueOf(member), value, MEMBERS);
            }
        });
    }

    private void put(Map<String, String> values, String member, Object value, Set<String> known) {
        if (!known.contains(member)) {
            var shown = PollerConfiguration.shown(member);
            given.fault(key(shown), "which is not supported" + Suggestion.of(shown, known));
        }
        InstanceRequest.text(value).ifPresent(text -> values.put(key(member), text));
    }

    private String key(String member) {
        return name + "." + member;
    }

    List<String> faults() {
        return given.faults();
    }

    /** @param floor below which no interval is taken */
    Poller read(Resource resource, Resources resources, Duration floor) {
        given.text(key("url")).flatMap(url -> new PollerUrl(url).fault(resource, resources))
                .ifPresent(fault -> given.fault(key("url"), fault));
        given.text(key("idField")).filter(field -> !field.equalsIgnoreCase("id"))
                .ifPresent(field -> given.fault(key("idField"), "must be Id, which every record of QuickBooks has"));
        if (!given.flag(key("filterByUpdatedDate"), true)) {
            given.fault(key("filterByUpdatedDate"), "cannot be false: only what changed since the last poll is told");
        }
        // Dropping what is dated after the poll began is for telling nothing twice, which the log sees to in any case.
        given.flag(key("filterByCurrentDate"), false);
        given.text(key("datesConfiguration"))
                .ifPresent(text -> given.fault(key("datesConfiguration"), "must be a JSON object"));
        PollerDates.check(given, key(DATES) + "updatedDate", true);
        PollerDates.check(given, key(DATES) + "createdDate", false);
        return new Poller(
                Duration.ofSeconds(number("createdCheckTolerance", 0, DAY, Poller.TOLERANCE_SECONDS)),
                number("pageSize", 1, MOST_ON_A_PAGE, 0),
                Duration.ofSeconds(number("pollDelay", 0, DAY, 0)),
                Intervals.read(given, key("refreshInterval"), floor).orElse(null));
    }

    private int number(String member, int least, int most, int otherwise) {
        var what = "a whole number from " + least + " to " + most;
        var number = given.decimal(key(member), what).map(BigDecimal::stripTrailingZeros);
        if (number.isEmpty()) {
            return otherwise;
        }
        if (number.get().scale() > 0 || number.get().compareTo(BigDecimal.valueOf(least)) < 0
                || number.get().compareTo(BigDecimal.valueOf(most)) > 0) {
            given.fault(key(member), "must be " + what);
            return otherwise;
        }
        return number.get().intValueExact();
    }
}
