// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.check;

/** One file of routes as it was read, under the name by which its reader knows it. */
public record RouteText(String name, String text) {}
