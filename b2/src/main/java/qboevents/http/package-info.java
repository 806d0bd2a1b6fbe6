// SPDX-License-Identifier: Apache-2.0
/** Both sides of HTTP: the connections that camel-http uses, and the form of every answer of the API. */
@NullMarked
package qboevents.http;

import org.jspecify.annotations.NullMarked;
