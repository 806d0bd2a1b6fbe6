// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import qboevents.testing.TestDatabase;

/** Any endpoint of Camel can be named by the operator, and by nobody else. */
class EndpointTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void getsWhatAPostWouldCarry() throws IOException {
        var outbox = folder.resolve("outbox");
        try (var scene = Scene.on(TestDatabase.H2, "events.delivery.to=file:" + outbox, "events.delivery.retry=1s,1s,1s,1s,1s,1s")) {
            var company = scene.connect(Map.of("event.notification.callback.url", "", "event.poller.start", "beginning"), "invoices");
            Files.createFile(outbox); // a folder cannot be made there
            company.books().create("Invoice", 2);
            company.poll();
            var jdbc = scene.service().bean(JdbcClient.class);
            await().atMost(SOON).until(() -> jdbc.sql("select count(*) from attempt where error is not null").query(Long.class).single() > 0);

            Files.delete(outbox);

            await().atMost(SOON).until(() -> jdbc.sql("select count(*) from delivery").query(Long.class).single() == 0);
            assertThat(told(outbox)).containsExactlyInAnyOrder("1|0", "2|0");
        }
    }

    private static List<String> told(Path outbox) throws IOException {
        try (Stream<Path> files = Files.list(outbox)) {
            return files.map(EndpointTest::object).toList();
        }
    }

    private static String object(Path file) {
        try {
            return JSON.readTree(file.toFile()).at("/message/events/0/objectId").asText();
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }
}
