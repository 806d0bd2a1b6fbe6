// SPDX-License-Identifier: Apache-2.0
package qboevents.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The image and the compose file name what is there. */
class ImageTest {

    private static final Path DEPLOY = Path.of("src/deploy");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static JsonNode yaml(String file) throws IOException {
        return YAML.readTree(DEPLOY.resolve(file).toFile());
    }

    @Test
    void copiesOnlyWhatThereIsAndWhatIsNotIgnored() throws IOException {
        var docker = Files.readString(DEPLOY.resolve("docker/Dockerfile"));
        var kept = Files.readAllLines(DEPLOY.resolve("docker/Dockerfile.dockerignore")).stream()
                .filter(line -> line.startsWith("!")).map(line -> line.substring(1)).toList();
        var copies = Pattern.compile("(?m)^COPY (?!--from)(.+) \\S+$").matcher(docker).results()
                .flatMap(found -> Pattern.compile(" ").splitAsStream(found.group(1))).toList();

        assertThat(copies).contains("routes", "application.yaml", "pom.xml");
        assertThat(copies).allSatisfy(file -> {
            assertThat(Path.of(file)).exists();
            assertThat(kept).anyMatch(each -> file.equals(each) || file.startsWith(each + "/"));
        });
        assertThat(docker).contains("EXPOSE " + Reference.port(), "original-quickbooks-events.jar");
    }

    /** By number: where only runAsNonRoot is said, as in Camel K's Integration, Kubernetes cannot tell who a name is. */
    @Test
    void runsAsTheUserThatKubernetesNames() throws IOException {
        var docker = Files.readString(DEPLOY.resolve("docker/Dockerfile"));
        var user = Pattern.compile("(?m)^USER (.+)$").matcher(docker).results().map(found -> found.group(1)).toList();
        var pod = yaml("kubernetes/deployment.yaml").at("/spec/template/spec/securityContext");

        assertThat(user).containsExactly(pod.at("/runAsUser").asInt() + ":" + pod.at("/fsGroup").asInt());
        assertThat(user).containsExactly("10001:10001");
        assertThat(docker).contains("groupadd --gid 10001", "--uid 10001 --gid 10001");
    }

    @Test
    void guessesNoSecret() throws IOException {
        var secrets = Pattern.compile("\\$\\{(\\w*(?:SECRET|PASSWORD|KEY))([^}]*)}").matcher(Files.readString(DEPLOY.resolve("compose.yaml")))
                .results().toList();

        assertThat(secrets).hasSizeGreaterThan(5).noneMatch(found -> found.group(2).startsWith(":-"));
        assertThat(secrets).filteredOn(found -> found.group(2).startsWith(":?")).extracting(found -> found.group(1))
                .contains("POSTGRES_PASSWORD", "USER_SECRET", "ORGANIZATION_SECRET", "ENCRYPTION_KEY", "GRAFANA_PASSWORD");
    }

    @Test
    void waitsForADatabaseThatCanBeReachedAndNotForOneThatIsBeingSetUp() throws IOException {
        var compose = yaml("compose.yaml");

        assertThat(compose.at("/services/quickbooks-events/depends_on/postgres/condition").asText()).isEqualTo("service_healthy");
        assertThat(compose.at("/services/postgres/healthcheck/test")).extracting(JsonNode::asText)
                .containsSequence("pg_isready", "-h", "127.0.0.1");
    }

    @Test
    void composesServicesWithSettingsAndFilesThatThereAre() throws IOException {
        var compose = yaml("compose.yaml");
        var variables = new TreeSet<String>();
        compose.at("/services/quickbooks-events/environment").fieldNames().forEachRemaining(variables::add);

        assertThat(variables).isSubsetOf(Reference.variables());
        assertThat(compose.at("/services/quickbooks-events/ports/0").asText()).endsWith(":" + Reference.port());
        for (var service : compose.get("services")) {
            for (var volume : service.path("volumes")) {
                var source = volume.asText().split(":")[0];
                if (source.startsWith(".")) {
                    assertThat(DEPLOY.resolve(source)).exists();
                } else {
                    assertThat(compose.get("volumes").has(source)).as("volume %s", source).isTrue();
                }
            }
        }
    }

    @Test
    void scrapesTheServiceByItsNameWithTheCredentialsThatComposeWrites() throws IOException {
        var scrape = yaml("prometheus/prometheus.yaml").at("/scrape_configs/0");
        var compose = yaml("compose.yaml");

        assertThat(scrape.at("/dns_sd_configs/0/names/0").asText()).isEqualTo("quickbooks-events");
        assertThat(compose.at("/services").has("quickbooks-events")).isTrue();
        assertThat(scrape.at("/dns_sd_configs/0/port").asInt()).isEqualTo(Reference.port());
        assertThat(scrape.at("/authorization/type").asText()).isEqualTo("User");
        assertThat(scrape.at("/authorization/credentials_file").asText())
                .isEqualTo(compose.at("/services/prometheus/configs/0/target").asText());
        assertThat(compose.at("/configs/scrape-credentials/content").asText())
                .isEqualTo("${USER_SECRET}, Organization ${ORGANIZATION_SECRET}");
    }
}
