// SPDX-License-Identifier: Apache-2.0
package qboevents.resource;

import java.util.Set;

/**
 * Published when edited routes have been taken over: {@link Resources} says what is offered now.
 *
 * @param added names that were not offered before
 */
public record ResourcesChanged(Set<String> added) {}
