// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;
import static qboevents.journey.Webhook.event;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import qboevents.simulator.Reply;
import qboevents.testing.OnEachDatabase;
import qboevents.testing.TestDatabase;

/** One trace from a webhook or poll to the callback, told to a collector and to the receiver; and none unless it is wanted. */
class TracesTest {

    private static final String TIME = "2026-09-10T21:31:25Z";

    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private HttpServer collector;

    @BeforeEach
    void listen() throws IOException {
        collector = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            spans.addAll(Span.in(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
    }

    private record Span(String trace, String id, String parent, String name) {

        /** Of an ExportTraceServiceRequest: ResourceSpans, in them ScopeSpans, in them Spans. */
        static List<Span> in(byte[] request) {
            return fields(request, 1).stream().flatMap(each -> fields(each, 2).stream()).flatMap(each -> fields(each, 2).stream())
                    .map(each -> new Span(hex(each, 1), hex(each, 2), hex(each, 4), new String(fields(each, 5).get(0), UTF_8)))
                    .toList();
        }

        private static String hex(byte[] message, int field) {
            return fields(message, field).stream().map(HexFormat.of()::formatHex).findFirst().orElse("");
        }

        /** The values of a field of Protocol Buffers that has a length. */
        private static List<byte[]> fields(byte[] message, int field) {
            var found = new ArrayList<byte[]>();
            for (var in = ByteBuffer.wrap(message); in.hasRemaining(); ) {
                long tag = number(in);
                int length = switch ((int) tag & 7) {
                    case 0 -> (int) (number(in) * 0);
                    case 1 -> 8;
                    case 5 -> 4;
                    default -> (int) number(in);
                };
                var value = new byte[length];
                in.get(value);
                if (tag >> 3 == field && (tag & 7) == 2) {
                    found.add(value);
                }
            }
            return found;
        }

        private static long number(ByteBuffer in) {
            long number = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = in.get();
                number |= (long) (next & 127) << shift;
                if (next >= 0) {
                    return number;
                }
            }
        }
    }

    @OnEachDatabase
    void leadFromTheWebhookToTheCallbackAndOverARetry(TestDatabase database) {
        String told;
        try (var scene = scene(database)) {
            scene.receiver.answer(Reply.status(500), 1);
            var company = scene.connect(Map.of("event.vendor.type", "webhook"));
            Webhook.of(event(company.realm(), "invoice.created", "12", TIME)).postTo(scene.service());
            await().atMost(SOON).until(() -> company.received().size() == 2);
            told = company.received().get(1).header("traceparent").orElseThrow();
        }

        var webhook = one("quickbooks-webhook");
        assertThat(webhook.parent()).isEmpty();
        var tries = spans.stream().filter(each -> each.name().equals("deliver")).toList();
        assertThat(tries).hasSize(2).allSatisfy(each -> {
            assertThat(each.trace()).isEqualTo(webhook.trace());
            assertThat(each.parent()).isEqualTo(webhook.id());
        });
        assertThat(told).isEqualTo("00-" + webhook.trace() + "-" + tries.get(1).id() + "-01");
    }

    @Test
    void leadFromThePollToTheCallback() {
        try (var scene = scene(TestDatabase.H2)) {
            var company = scene.connect(Map.of("event.poller.start", "beginning"), "invoices");
            company.books().create("Invoice");
            company.poll();
            company.awaitTold("invoices 1|0");
        }

        var poll = one("read-changes"); // from the beginning, which only queries tell
        assertThat(one("deliver").parent()).isEqualTo(poll.id());
        assertThat(one("deliver").trace()).isEqualTo(poll.trace());
    }

    @Test
    void areNotMadeUnlessSomebodyCollectsThem() {
        try (var scene = Scene.on(TestDatabase.H2, Webhook.SETTING)) {
            var company = scene.connect(Map.of("event.vendor.type", "webhook"));
            Webhook.of(event(company.realm(), "invoice.created", "12", TIME)).postTo(scene.service());
            company.awaitTold("invoices 12");

            assertThat(company.received().get(0).header("traceparent")).isEmpty();
        }
    }

    private Scene scene(TestDatabase database) {
        var endpoint = "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces";
        return Scene.on(database, Webhook.SETTING, "events.delivery.retry=1s,1s,1s",
                "management.otlp.tracing.endpoint=" + endpoint, "management.tracing.sampling.probability=1");
    }

    private Span one(String name) {
        var named = spans.stream().filter(each -> each.name().equals(name)).toList();
        assertThat(named).as("%s among %s", name, spans).hasSize(1);
        return named.get(0);
    }
}
