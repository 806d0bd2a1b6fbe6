// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** What goes out on the connection. To throw means to cut it, wherever the answer is. */
interface Answer {

    Answer CUT = exchange -> {
        throw new IOException("cut on purpose");
    };

    void send(HttpExchange exchange) throws IOException;
}
