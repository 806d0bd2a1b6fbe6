// SPDX-License-Identifier: Apache-2.0
package qboevents.log;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is kept.
 *
 * @param retention how long settled events and their attempts are kept, and what an operator was told; what is owed, or could
 *     be told by QuickBooks again, stays however old it is
 */
@ConfigurationProperties("events")
record RetentionSettings(@DefaultValue("30d") Duration retention) {

    RetentionSettings {
        if (retention.isNegative() || retention.isZero()) {
            throw new IllegalArgumentException("events.retention is " + retention + "; it must be longer than nothing, such as 30d");
        }
    }
}
