// SPDX-License-Identifier: Apache-2.0
package qboevents.resource;

/** Whether the route of a resource runs here: somebody may have stopped it, or not started it at all. */
public interface ResourceRoutes {

    /** @param resource its name, which is the route's id */
    boolean started(String resource);

    /** Whether it runs, or would if nobody had stopped it; not with {@code autoStartup: false}, and not without a route. */
    boolean meant(String resource);
}
