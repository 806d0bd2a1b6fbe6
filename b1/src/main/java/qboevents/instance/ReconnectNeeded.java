// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

/** The connection to QuickBooks has ended. Only the user can help, by connecting the company again. */
public class ReconnectNeeded extends RuntimeException {

    ReconnectNeeded(String message) {
        super(message, null, false, false);
    }
}
