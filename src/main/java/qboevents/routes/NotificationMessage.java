// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;
import qboevents.delivery.Notification;
import qboevents.http.TooLateToSend;

/**
 * Makes a notification the message, for whatever endpoint: the body and our own headers. Nothing in it is of an instance's
 * choice, since many components take a header for where to go. Done here, as the route language sets headers one by one.
 */
@Component
class NotificationMessage implements Processor {

    static final String VARIABLE = "notification";

    private final Optional<Traces> traces;

    NotificationMessage(Optional<Traces> traces) {
        this.traces = traces;
    }

    @Override
    public void process(Exchange exchange) throws TooLateToSend {
        var message = exchange.getMessage();
        var composed = message.getBody(Notification.class);
        if (composed.endBefore().left().isNegative()) {
            throw new TooLateToSend(); // a POST is looked at once more, where it is written to the socket
        }
        var notification = traces.map(each -> each.deliver(exchange, composed)).orElse(composed);
        exchange.setVariable(VARIABLE, notification);
        message.getHeaders().clear();
        message.getHeaders().putAll(notification.headers());
        message.setBody(notification.bytes());
        message.setMessageId(notification.headers().get("Elements-Webhook-Id")); // one hand's are else the same, by which files are named
    }
}
