// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import java.time.Duration;
import java.util.Optional;

/** What Intuit answers to a code or a refresh token. */
record TokenPair(String access, String refresh, Duration lifetime, Optional<Duration> refreshLifetime) {

    @Override
    public String toString() {
        return "TokenPair[lifetime=" + lifetime + ", refreshLifetime=" + refreshLifetime + "]";
    }
}
