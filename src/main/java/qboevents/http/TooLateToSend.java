// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import java.io.IOException;

/** Not a byte of it was sent: its time was over before. */
public final class TooLateToSend extends IOException {

    public TooLateToSend() {
        super("not sent: its time was over before it could be");
    }
}
