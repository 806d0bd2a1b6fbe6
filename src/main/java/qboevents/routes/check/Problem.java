// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

/**
 * Something in the routes folder that has to be corrected before anything runs.
 *
 * @param route the id of the route that is meant, or what stands there instead of one
 * @param sentence begins with a verb, so that it reads on from the route's id
 */
public record Problem(Place place, String route, String sentence) {}
