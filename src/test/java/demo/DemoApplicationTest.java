// SPDX-License-Identifier: Apache-2.0
package demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;

class DemoApplicationTest {

    @Test
    void takesArgumentsInPlaceOfItsOwn() {
        try (var quickBooks = new QuickBooksSimulator(MovableClock.running())) {
            var own = DemoApplication.settings(Path.of("demo"), quickBooks);
            var given = DemoApplication.settings(Path.of("demo"), quickBooks, "--server.port=22050", "--events.polling.minimum-interval=1m");

            assertThat(own).contains("--events.polling.minimum-interval=1s").noneMatch(each -> each.startsWith("--server.port="));
            assertThat(given).hasSize(own.length + 1).contains("--server.port=22050", "--events.polling.minimum-interval=1m")
                    .doesNotContain("--events.polling.minimum-interval=1s");
        }
    }
}
