// SPDX-License-Identifier: Apache-2.0
package qboevents.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.v1.Integration;
import org.junit.jupiter.api.Test;

/** The manifests are read by the models of Kubernetes and Camel K, which know every name. */
class KubernetesTest {

    private static final Path FOLDER = Path.of("src/deploy/kubernetes");
    private static final Path CAMEL_K = Path.of("src/deploy/camel-k/integration.yaml");
    private static final Map<String, String> LABELS = Map.of("app.kubernetes.io/name", "quickbooks-events");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static <T> T read(Path file, Class<T> type) throws IOException {
        return YAML.readValue(file.toFile(), type);
    }

    @Test
    void probesWhatTheServiceServesOnItsPort() throws IOException {
        var pod = read(FOLDER.resolve("deployment.yaml"), Deployment.class).getSpec().getTemplate().getSpec();
        var container = pod.getContainers().get(0);

        assertThat(container.getPorts()).extracting("name", "containerPort")
                .containsExactly(tuple("http", Reference.port()));
        assertThat(List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe()))
                .extracting(KubernetesTest::probed)
                .containsExactly("http /actuator/health/liveness", "http /actuator/health/liveness",
                        "http /actuator/health/readiness");
        assertThat(container.getEnvFrom().get(0).getSecretRef().getName()).isEqualTo("quickbooks-events");
        assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThanOrEqualTo(35);
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    }

    private static String probed(Probe probe) {
        return probe.getHttpGet().getPort().getStrVal() + " " + probe.getHttpGet().getPath();
    }

    @Test
    void sendsTheServicesCallersToThatPortAndKeepsAPodOfThem() throws IOException {
        var service = read(FOLDER.resolve("service.yaml"), Service.class);
        var budget = read(FOLDER.resolve("disruption-budget.yaml"), PodDisruptionBudget.class);

        assertThat(service.getSpec().getPorts().get(0).getTargetPort().getStrVal()).isEqualTo("http");
        assertThat(budget.getSpec().getSelector().getMatchLabels()).isEqualTo(LABELS);
    }

    @Test
    void namesSettingsThatThereAreInTheSecret() throws IOException {
        var secret = read(FOLDER.resolve("secret.example.yaml"), Secret.class);

        assertThat(secret.getMetadata().getName()).isEqualTo("quickbooks-events");
        assertThat(secret.getStringData().keySet()).isSubsetOf(Reference.variables())
                .contains("EVENTS_ENCRYPTION_KEY", "SPRING_DATASOURCE_URL");
    }

    @Test
    void putsEveryRouteIntoTheConfigMap() throws IOException {
        var kustomization = YAML.readTree(FOLDER.resolve("kustomization.yaml").toFile());
        var map = kustomization.at("/configMapGenerator/0");
        var files = new TreeSet<String>();
        for (var file : map.get("files")) {
            assertThat(FOLDER.resolve(file.asText())).exists();
            files.add(Path.of(file.asText()).getFileName().toString());
        }

        assertThat(files).isEqualTo(Reference.routes());
        assertThat(map.get("name").asText()).isEqualTo("quickbooks-events-routes");
        assertThat(kustomization.at("/labels/0/pairs")).isEqualTo(YAML.valueToTree(LABELS));
        for (var resource : kustomization.get("resources")) {
            assertThat(FOLDER.resolve(resource.asText())).exists();
        }
    }

    @Test
    void readsAsAnIntegrationOfCamelK() throws IOException {
        var spec = read(CAMEL_K, Integration.class).getSpec();
        var container = spec.getTemplate().getSpec().getContainers().get(0);

        assertThat(spec.getTraits().getContainer().getPort()).isEqualTo(Reference.port());
        assertThat(spec.getTraits().getMount().getResources())
                .containsExactly("configmap:quickbooks-events-routes@/app/routes");
        assertThat(container.getName()).isEqualTo(spec.getTraits().getContainer().getName());
        assertThat(Set.of(container.getLivenessProbe().getHttpGet().getPath(), container.getReadinessProbe().getHttpGet().getPath()))
                .containsExactlyInAnyOrder("/actuator/health/liveness", "/actuator/health/readiness");
        assertThat(container.getReadinessProbe().getHttpGet().getPort().getStrVal())
                .isEqualTo(spec.getTraits().getContainer().getPortName());
    }

    @Test
    void refusesATraitThatIsMisspelt() throws IOException {
        var misspelt = Files.readString(CAMEL_K).replace("servicePortName", "servicePortname");

        assertThatThrownBy(() -> YAML.readValue(misspelt, Integration.class)).hasMessageContaining("servicePortname");
    }
}
