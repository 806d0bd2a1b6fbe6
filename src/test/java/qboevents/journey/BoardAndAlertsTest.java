// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import qboevents.testing.ApiClient;
import qboevents.testing.TestDatabase;

/** The Grafana board and the alert rules ask only for what a running service tells, and each alert is explained. */
class BoardAndAlertsTest {

    private static final Path RULES = Path.of("src/deploy/prometheus/alerts.yaml");
    private static final Path BOARD = Path.of("src/deploy/grafana/quickbooks-events.json");
    private static final Pattern NAME = Pattern.compile("\\b([a-z]+(?:_[a-z]+)+)\\b(?!\\()");

    private static Set<String> exposed;
    private static String series;

    @BeforeAll
    static void scrape() {
        try (var scene = Scene.on(TestDatabase.H2)) {
            var company = scene.connect(Map.of("event.poller.start", "beginning"), "invoices");
            company.books().create("Invoice");
            company.poll();
            var machine = new ApiClient(scene.service().base().replace("/elements/api-v2", ""),
                    ApiClient.platform(scene.service()).authorization());
            await().atMost(SOON).until(() -> machine.get("/actuator/prometheus").text().contains("polling_polls_seconds_count{"));
            series = machine.get("/actuator/prometheus").text();
            exposed = series.lines().filter(line -> !line.startsWith("#")).map(line -> line.split("[{ ]")[0])
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @AfterAll
    static void forget() {
        exposed = Set.of();
    }

    private static List<JsonNode> rules() throws IOException {
        var rules = new ArrayList<JsonNode>();
        new ObjectMapper(new YAMLFactory()).readTree(RULES.toFile()).at("/groups/0/rules").forEach(rules::add);
        return rules;
    }

    /** Names with an underscore are series; functions have a bracket behind them, labels stand in braces. */
    private static Set<String> series(String expression) {
        var bare = expression.replaceAll("\\{[^}]*}", "").replaceAll("\\[[^]]*]", "");
        return NAME.matcher(bare).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void alertsOnWhatIsTold() throws IOException {
        assertThat(rules()).hasSizeGreaterThan(10).allSatisfy(rule ->
                assertThat(exposed).as(rule.path("alert").asText()).containsAll(series(rule.path("expr").asText())));
    }

    @Test
    void showsWhatIsTold() throws IOException {
        var panels = new ObjectMapper().readTree(BOARD.toFile()).get("panels");

        assertThat(panels).hasSizeGreaterThan(15).allSatisfy(panel -> assertThat(panel.get("targets")).isNotEmpty()
                .allSatisfy(target -> assertThat(exposed).as(panel.path("title").asText())
                        .containsAll(series(target.path("expr").asText()))));
    }

    @Test
    void asksForLabelsThatThereAre() throws IOException {
        var asked = Pattern.compile("([a-z]+(?:_[a-z]+)+)\\{(state|outcome)=\"([a-z-]+)\"}")
                .matcher(Files.readString(RULES)).results().toList();

        assertThat(asked).isNotEmpty().allSatisfy(found -> {
            if (!found.group(3).equals("failed")) { // there is none before a poll has failed
                assertThat(series).containsPattern(found.group(1) + "\\{[^}]*" + found.group(2) + "=\"" + found.group(3) + "\"");
            }
        });
    }

    @Test
    void saysWhatToDoOnEachAlert() throws IOException {
        var manual = Files.readString(Path.of("src/docs/operate.md"));

        assertThat(rules()).allSatisfy(rule -> assertThat(manual).contains("| `" + rule.path("alert").asText() + "` |"));
    }
}
