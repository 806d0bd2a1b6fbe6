// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;
import qboevents.delivery.Notification;
import qboevents.http.EndBefore;

/** Makes the message a request: what the receiver wants to be told by, and where. */
@Component
class CallbackRequest implements Processor {

    @Override
    public void process(Exchange exchange) {
        var notification = exchange.getVariable(NotificationMessage.VARIABLE, Notification.class);
        if (notification.url() == null) {
            throw new IllegalStateException("the instance has no callback URL: set event.notification.callback.url");
        }
        var headers = exchange.getMessage().getHeaders();
        headers.clear(); // another endpoint may have been there first
        headers.putAll(notification.receiversHeaders());
        headers.putAll(notification.headers());
        headers.put(EndBefore.HEADER, notification.endBefore().header());
        headers.put(Exchange.HTTP_URI, notification.url()); // from our table, never from a message
    }
}
