// SPDX-License-Identifier: Apache-2.0
package qboevents.routes.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.access.PlatformAccess;
import qboevents.console.Api;
import qboevents.http.ApiException;
import qboevents.routes.http.Door;

/** Hands a call of the console to the route that answers it, so that nothing is decided or said in two ways. */
@Component
class RoutesApi implements Api {

    private final LiveContext camel;
    private final PlatformAccess access;
    private final Door door;
    private final ObjectMapper json = new ObjectMapper();

    RoutesApi(LiveContext camel, PlatformAccess access, Door door) {
        this.camel = camel;
        this.door = door;
        this.access = access;
    }

    @Override
    public Answer answer(Call call) {
        var route = running(call.route());
        var exchange = route.getEndpoint().createExchange(ExchangePattern.InOut);
        var headers = new HashMap<>(call.path());
        headers.put("Authorization", access.authorization());
        headers.put("Elements-Request-Id", call.requestId());
        headers.put(Exchange.HTTP_QUERY, call.query());
        exchange.getMessage().setHeaders(headers);
        exchange.getMessage().setBody(call.body() == null ? null : written(call.body()));
        try {
            route.getConsumer().getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            throw new IllegalStateException("The route " + call.route() + " failed", exchange.getException());
        }
        var answer = exchange.getMessage();
        return new Answer(
                Optional.ofNullable(answer.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class)).orElse(200),
                read(answer.getBody(byte[].class)),
                answer.getHeader("Elements-Total-Count", Long.class),
                answer.getHeader("Elements-Next-Page-Token", String.class));
    }

    private Route running(String id) {
        try (var pass = door.enter()) {
            var route = camel.getRoute(id);
            if (route == null || !camel.isStarted(id)) {
                throw new ApiException(503, "The route " + id + ", which tells this, does not run; see routes/ and start it again");
            }
            return route;
        }
    }

    private byte[] written(Object body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Object read(byte @Nullable [] body) {
        try {
            return body == null || body.length == 0 ? null : json.readValue(body, Object.class);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
