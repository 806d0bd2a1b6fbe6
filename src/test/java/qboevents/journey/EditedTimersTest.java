// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import qboevents.testing.TestDatabase;

/** Timers are taken off while they tick, and put on again. */
@ExtendWith(OutputCaptureExtension.class)
class EditedTimersTest {

    private static final int TIMERS = 60;
    private static final int ROUNDS = 8;
    private static final String FILE = "ticks.camel.yaml";
    private static final Pattern TICKED = Pattern.compile("ticked-(tick\\d+)-now");

    @Test
    void ticksAfterEachRound(@TempDir Path folder, CapturedOutput output) {
        var routes = new ConfigMap(folder);
        try (var scene = Scene.on(TestDatabase.H2, "events.routes.folder=" + folder)) {
            for (int round = 0; round < ROUNDS; round++) {
                takenOver(scene, () -> routes.with(FILE, timers()).apply());
                int from = output.getOut().length();
                await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
                        assertThat(ticked(output, from)).containsExactlyInAnyOrderElementsOf(ids()));
                assertThat(timersOf(scene.service().bean(CamelContext.class))).as("the endpoints that routes read and Camel knows").hasSize(TIMERS);
                takenOver(scene, () -> routes.without(FILE).apply());
            }
        }
    }

    /** Those that routes read are the ones that Camel knows. */
    private static Set<Endpoint> timersOf(CamelContext camel) {
        var known = Collections.<Endpoint>newSetFromMap(new IdentityHashMap<>());
        ids().stream().map(id -> camel.getRoute(id).getEndpoint())
                .filter(timer -> camel.getEndpoints().stream().anyMatch(each -> each == timer)).forEach(known::add);
        return known;
    }

    private static void takenOver(Scene scene, Runnable edit) {
        var since = since(scene);
        edit.run();
        await().atMost(Duration.ofSeconds(30)).until(() -> !since(scene).equals(since));
    }

    private static String since(Scene scene) {
        return scene.service().get("/routes").json().get("since").asText();
    }

    private static Set<String> ticked(CapturedOutput output, int from) {
        return TICKED.matcher(output.getOut().substring(from)).results().map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> ids() {
        return IntStream.range(0, TIMERS).mapToObj(number -> "tick" + number).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String timers() {
        return ids().stream().map("""
                - route:
                    id: %1$s
                    from:
                      uri: quartz:mine/%1$s
                      parameters:
                        cron: "* * * * * ?"
                      steps:
                        - log: "ticked-${routeId}-now"
                """::formatted).collect(Collectors.joining());
    }
}
