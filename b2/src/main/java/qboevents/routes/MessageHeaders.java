// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import java.util.Map;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Headers that are only known when a message is sent: the route language sets them one by one and by name only. */
@Component
class MessageHeaders {

    void put(Exchange exchange, Map<String, Object> headers) {
        exchange.getMessage().getHeaders().putAll(headers);
    }
}
