// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import qboevents.http.ApiException;
import qboevents.instance.OperatorCalls;

/** Goes through {@code routes/operator.camel.yaml}. */
@Component
class OperatorRoutes implements OperatorCalls {

    private final CamelContext camel;
    private @Nullable ProducerTemplate template;

    OperatorRoutes(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public void poll(long instanceId, @Nullable String resource) {
        call("direct:operator-poll", Map.of("instanceId", instanceId, "query", resource == null ? "" : query("resource", resource)));
    }

    @Override
    public void release(long instanceId) {
        var queued = query("where", "status='queued' and instanceId=" + instanceId);
        call("direct:operator-release", Map.of("instanceId", instanceId, "query", queued));
    }

    @Override
    public void redeliver(long instanceId, String eventId) {
        call("direct:operator-redeliver", Map.of("instanceId", instanceId, "eventId", eventId));
    }

    private static String query(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private void call(String door, Map<String, Object> headers) {
        var exchange = template().request(door, each -> each.getMessage().setHeaders(new HashMap<>(headers)));
        if (exchange.getException() != null) {
            var refusal = ObjectHelper.getException(ApiException.class, exchange.getException());
            throw refusal != null ? refusal : new IllegalStateException(exchange.getException().getMessage(), exchange.getException());
        }
    }

    private synchronized ProducerTemplate template() {
        if (template == null) {
            template = camel.createProducerTemplate();
        }
        return template;
    }
}
