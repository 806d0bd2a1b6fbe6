/** Pages for whoever operates the service. They are a client of the API like any other, only from within the process. */
@NullMarked
package qboevents.console;

import org.jspecify.annotations.NullMarked;
