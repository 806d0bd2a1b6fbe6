// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

/** One file of routes as it was read, under the name by which its reader knows it. */
record RouteText(String name, String text) {}
