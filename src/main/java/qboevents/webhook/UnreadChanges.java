// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import java.util.List;
import org.springframework.stereotype.Component;

/** Placeholder: reading the records of what a webhook has told is built elsewhere. Until then Intuit is told to come again. */
@Component
class UnreadChanges {

    void keep(List<Unread> unread) {
        if (!unread.isEmpty()) {
            throw new UnsupportedOperationException("Nobody reads the records of webhooks yet");
        }
    }
}
