// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code datesConfiguration} says where a record's two times stand and how they are written. QuickBooks' are known: what
 * describes them is taken, in Intuit's words or in those of Open Connectors, and anything else would be a mistake.
 */
final class PollerDates {

    private static final Pattern ISO = Pattern.compile("yyyy-MM-dd'?T'?HH:mm:ss(\\.S{1,6})?('Z'|X{1,3}|x{1,3}|Z{1,2}|z)?'?");

    private PollerDates() {}

    /** @param prefix of the three keys: {@code …updatedDate}, {@code …createdDate} */
    static void check(Given given, String prefix, boolean updated) {
        given.text(prefix + "Field").filter(name -> !(updated ? DateFields.isUpdated(name) : DateFields.isCreated(name)))
                .ifPresent(name -> given.fault(prefix + "Field", "must be "
                        + (updated ? DateFields.UPDATED : DateFields.CREATED) + ", where QuickBooks keeps it"));
        given.text(prefix + "Format").filter(format -> !format.equals("milliseconds") && !ISO.matcher(format).matches())
                .ifPresent(format -> given.fault(prefix + "Format",
                        "must be yyyy-MM-dd'T'HH:mm:ssXXX, which is how QuickBooks writes it"));
        given.text(prefix + "Timezone").filter(zone -> !isZone(zone))
                .ifPresent(zone -> given.fault(prefix + "Timezone", "must be a time zone, such as GMT or America/New_York"));
    }

    private static boolean isZone(String text) {
        try {
            ZoneId.of(text, ZoneId.SHORT_IDS);
            return true;
        } catch (DateTimeException e) {
            return Set.of("EDT", "CDT", "MDT", "PDT").contains(text) || text.matches("[+-]\\d{1,2}:\\d\\d");
        }
    }
}
