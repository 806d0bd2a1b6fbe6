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

    /** Whether QuickBooks has done what was asked, whatever of the answer arrives: such calls are metered. */
    default boolean isSuccess() {
        return false;
    }

    /** Sent like that, but no less done. */
    static Answer sent(Response response, Answer how) {
        return new Answer() {
            @Override
            public void send(HttpExchange exchange) throws IOException {
                how.send(exchange);
            }

            @Override
            public boolean isSuccess() {
                return response.isSuccess();
            }
        };
    }
}
