// SPDX-License-Identifier: Apache-2.0
package qboevents.polling;

import java.time.Duration;

/**
 * How often a resource is polled.
 *
 * @param because what says so, for whoever wonders
 */
record Pace(Duration interval, String because) {}
