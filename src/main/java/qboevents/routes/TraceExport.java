// SPDX-License-Identifier: Apache-2.0
package qboevents.routes;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells traces to whoever collects them, by Spring Boot's own settings. Boot's tracing would be there when it is not wanted. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(TraceExport.ENDPOINT)
class TraceExport {

    static final String ENDPOINT = "management.otlp.tracing.endpoint";

    @Bean(destroyMethod = "close")
    OpenTelemetrySdk openTelemetry(
            @Value("${" + ENDPOINT + "}") String endpoint,
            @Value("${management.tracing.sampling.probability:0.1}") double probability,
            @Value("${events.node}") String node) {
        var resource = Resource.getDefault().merge(Resource.create(Attributes.builder()
                .put("service.name", "quickbooks-events").put("service.instance.id", node).build()));
        var exporter = OtlpHttpSpanExporter.builder().setEndpoint(endpoint).build();
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setResource(resource)
                        .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(probability)))
                        .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                        .build())
                .build();
    }
}
