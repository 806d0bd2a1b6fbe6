// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;
import qboevents.delivery.Notification;

/** Makes the message a request: the route language sets headers one by one and by names that are known beforehand. */
@Component
class CallbackRequest implements Processor {

    @Override
    public void process(Exchange exchange) {
        var message = exchange.getMessage();
        var notification = message.getBody(Notification.class);
        var headers = message.getHeaders();
        headers.clear();
        headers.putAll(notification.headers());
        headers.put(Exchange.HTTP_URI, notification.url()); // from our table, never from a message
        message.setBody(notification.bytes());
    }
}
