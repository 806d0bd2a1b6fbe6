// SPDX-License-Identifier: Apache-2.0
/** What Camel does not do of HTTP: limits in time and size, requests while a route is exchanged. */
@NullMarked
package qboevents.routes.http;

import org.jspecify.annotations.NullMarked;
