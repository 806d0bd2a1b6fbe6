// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ErrorPageTest {

    @Test
    void promisesMoreInTheLogOnlyWhereItTellsMore() {
        assertThat(page(503)).contains("Request <code>a-request</code>, by which the service's log tells more.", "Try again");
        assertThat(page(404)).contains("Request <code>a-request</code>.").doesNotContain("log", "Try again");
    }

    private static String page(int status) {
        return new String(ErrorPage.of(status, "Nothing", "a-request"), StandardCharsets.UTF_8);
    }
}
