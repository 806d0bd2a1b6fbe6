// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import qboevents.delivery.Notification;
import qboevents.event.Origin;

/**
 * A trace from a poll or webhook to the deliveries of what it brought. In between an event rests in the database, and its
 * row keeps the trace. Not made unless traces are told to somebody: then nothing of it costs anything.
 */
@Component
@ConditionalOnProperty(TraceExport.ENDPOINT)
class Traces implements Origin, RoutePolicyFactory {

    /** Routes with which a trace begins: each runs on one thread until what it read is kept. */
    private static final Map<String, SpanKind> BEGIN = Map.of(
            "quickbooks-webhook", SpanKind.SERVER,
            "read-company", SpanKind.INTERNAL,
            "read-changes", SpanKind.INTERNAL,
            "read-burst", SpanKind.INTERNAL,
            "compare-gap", SpanKind.INTERNAL);
    private static final String DELIVER = "deliver";
    private static final String HEADER = "traceparent";

    private static final TextMapGetter<String> PARENT = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String carrier) {
            return List.of(HEADER);
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
            return key.equals(HEADER) ? carrier : null;
        }
    };

    private final Tracer tracer;

    Traces(OpenTelemetry openTelemetry) {
        this.tracer = openTelemetry.getTracer("quickbooks-events");
    }

    @Override
    public @Nullable String traceparent() {
        return traceparent(Context.current());
    }

    private static @Nullable String traceparent(Context context) {
        var headers = new HashMap<String, String>();
        W3CTraceContextPropagator.getInstance().inject(context, headers, Map::put);
        return headers.get(HEADER);
    }

    /** @return what tells the receiver of the trace, too */
    Notification deliver(Exchange exchange, Notification notification) {
        var parent = W3CTraceContextPropagator.getInstance().extract(Context.root(), notification.traceparent(), PARENT);
        var span = tracer.spanBuilder(DELIVER).setParent(parent).setSpanKind(SpanKind.CLIENT)
                .setAttribute("messaging.message.id", notification.headers().get("Elements-Webhook-Id"))
                .setAttribute("messaging.kafka.message.key", notification.key())
                .startSpan();
        exchange.setProperty(DELIVER, new Open(span, Scope.noop()));
        return notification.with(HEADER, traceparent(Context.root().with(span)));
    }

    private record Open(Span span, Scope scope) {

        void end(Exchange exchange) {
            var failure = exchange.getException() == null
                    ? exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class) : exchange.getException();
            var status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
            if (status != null) {
                span.setAttribute("http.response.status_code", status);
            }
            if (failure != null) {
                span.setAttribute("exception.type", failure.getClass().getName());
            }
            if (failure != null || status != null && status >= 300) {
                span.setStatus(StatusCode.ERROR);
            }
            scope.close();
            span.end();
        }
    }

    @Override
    public @Nullable RoutePolicy createRoutePolicy(CamelContext camel, String routeId, NamedNode route) {
        return BEGIN.containsKey(routeId) || routeId.equals(DELIVER) ? new Policy(routeId, BEGIN.get(routeId)) : null;
    }

    private final class Policy extends RoutePolicySupport {

        private final String name;
        private final @Nullable SpanKind kind;

        /** @param kind null: the trace is begun already */
        private Policy(String name, @Nullable SpanKind kind) {
            this.name = name;
            this.kind = kind;
        }

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            exchange.removeProperty(name); // of the exchange that this one is a part or a repetition of
            if (kind != null) {
                var span = tracer.spanBuilder(name).setNoParent().setSpanKind(kind).startSpan();
                exchange.setProperty(name, new Open(span, span.makeCurrent()));
            }
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            if (exchange.removeProperty(name) instanceof Open open) {
                open.end(exchange);
            }
        }
    }
}
