// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;
import qboevents.oauth.Bearer;

/** Puts the variable bearer on a request that is ready otherwise: OAuth 1.0 signs its method, address and query. */
@Component
class QuickBooksAuthorization implements Processor {

    @Override
    public void process(Exchange exchange) {
        var message = exchange.getMessage();
        var query = message.getHeader(Exchange.HTTP_RAW_QUERY, String.class);
        var url = message.getHeader(Exchange.HTTP_URI, String.class) + (query == null ? "" : "?" + query);
        var method = message.getHeader(Exchange.HTTP_METHOD, String.class);
        message.setHeader("Authorization", exchange.getVariable("bearer", Bearer.class).authorization(method, url));
    }
}
