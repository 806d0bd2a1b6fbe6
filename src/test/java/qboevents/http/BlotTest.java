// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlotTest {

    @Test
    void leavesNothingOfASecretThatHoldsAnother() {
        assertThat(Blot.of(List.of("secret", "client-secret-2")).blotted("it was client-secret-2, not secret")).isEqualTo("it was ********, not ********");
    }

    @Test
    void leavesWordsThatAreTooShortToBeTold() {
        assertThat(Blot.of(List.of("", "a", "plain")).blotted("a plain text")).isEqualTo("a plain text");
    }
}
