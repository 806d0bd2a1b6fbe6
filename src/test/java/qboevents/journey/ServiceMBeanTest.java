// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import qboevents.simulator.Reply;
import qboevents.testing.ApiClient;
import qboevents.testing.TestDatabase;

/** The service as an MBean, asked as Hawtio asks. */
class ServiceMBeanTest {

    private static final String OFTEN_ENOUGH = "99999999";

    private static Scene scene;
    private static ApiClient console;

    @BeforeAll
    static void start() {
        scene = Scene.on(TestDatabase.H2, "events.delivery.retry=1m");
        console = new ApiClient(scene.service().base().replace("/elements/api-v2", "/actuator/jolokia"),
                ApiClient.platform(scene.service()).authorization());
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    private static long figure(String name) {
        return ask("{\"type\":\"read\",\"mbean\":\"qboevents:type=Service\",\"attribute\":\"" + name + "\"}").asLong();
    }

    private static String exec(String operation, String arguments) {
        return ask("{\"type\":\"exec\",\"mbean\":\"qboevents:type=Service\",\"operation\":\"" + operation
                + "\",\"arguments\":[" + arguments + "]}").asText();
    }

    private static JsonNode ask(String request) {
        var answer = console.send("POST", "", request).json();
        assertThat(answer.get("status").asInt()).as(answer.toString()).isEqualTo(200);
        return answer.get("value");
    }

    @Test
    void pollsReleasesAndRedelivers() {
        var company = scene.connect(Map.of("event.poller.start", "beginning", "event.poller.refresh_interval", OFTEN_ENOUGH), "invoices");
        company.books().create("Invoice");
        scene.receiver.answer(Reply.status(500));

        assertThat(exec("poll", company.id() + ",\"invoices\"")).isEqualTo("Instance " + company.id() + " is polled now");

        await().atMost(SOON).until(() -> company.received().size() == 1);
        assertThat(figure("Instances")).isEqualTo(1);
        scene.clock.advance(Duration.ofMinutes(2));
        await().atMost(SOON).until(() -> figure("Dead") == 1);
        scene.receiver.answerOk();

        assertThat(exec("release", Long.toString(company.id()))).isEqualTo("What is queued of instance " + company.id() + " is sent");

        await().atMost(SOON).until(() -> company.received().size() == 3);
        var event = scene.service().get("/instances/" + company.id() + "/events").json().at("/0/id").asText();
        await().atMost(SOON).until(() -> scene.service().get("/instances/" + company.id() + "/events").json()
                .at("/0/status").asText().equals("NOTIFIED"));

        assertThat(exec("redeliver", company.id() + ",\"" + event + "\"")).isEqualTo("Event " + event + " is sent again");

        await().atMost(SOON).until(() -> company.received().size() == 4);
        assertThat(company.told()).containsOnly("invoices 1|0");
    }

    @Test
    void saysWhyItRefuses() {
        var company = scene.connect("invoices");

        assertThat(exec("poll", "5,\"\"")).isEqualTo("Refused: There is no instance 5");
        assertThat(exec("poll", company.id() + ",\"invoice\"")).startsWith("Refused: The instance does not poll invoice");
        assertThat(exec("release", "5")).isEqualTo("Refused: There is no instance 5");
        assertThat(exec("redeliver", company.id() + ",\"nothing\""))
                .isEqualTo("Refused: There is no event nothing of instance " + company.id());
    }
}
