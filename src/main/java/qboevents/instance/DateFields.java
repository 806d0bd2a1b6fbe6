// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.util.regex.Pattern;

/** What the two times of a QuickBooks record are called: by Intuit, by Open Connectors, and by those who came from either. */
public final class DateFields {

    public static final String UPDATED = "MetaData.LastUpdatedTime";
    static final String CREATED = "MetaData.CreateTime";

    private static final String PARENT = "(?i)(meta_?data\\.)?";
    private static final String KIND = "(_?(time|date|at|on))?";
    private static final Pattern IS_UPDATED = Pattern.compile(PARENT + "(last_?)?(updated?|modified)" + KIND);
    private static final Pattern IS_CREATED = Pattern.compile(PARENT + "created?" + KIND);

    private DateFields() {}

    public static boolean isUpdated(String name) {
        return IS_UPDATED.matcher(name).matches();
    }

    static boolean isCreated(String name) {
        return IS_CREATED.matcher(name).matches();
    }
}
