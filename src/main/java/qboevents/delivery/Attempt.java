// SPDX-License-Identifier: Apache-2.0
package qboevents.delivery;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is written down of a try.
 *
 * @param status null: there was no answer
 * @param error null: it was taken
 * @param answer its beginning
 */
record Attempt(Instant startedAt, Duration duration, @Nullable Integer status, @Nullable String error, byte[] answer) {}
