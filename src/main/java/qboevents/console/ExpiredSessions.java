// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.stereotype.Component;

/** Takes those away that nobody came back to. */
@Component
class ExpiredSessions {

    private final JdbcIndexedSessionRepository sessions;

    ExpiredSessions(JdbcIndexedSessionRepository sessions) {
        this.sessions = sessions;
    }

    void remove() {
        sessions.cleanUpExpiredSessions();
    }
}
