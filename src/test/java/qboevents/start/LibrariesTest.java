// SPDX-License-Identifier: Apache-2.0
package qboevents.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LibrariesTest {

    private static final List<String> SEEN = List.of("camel-core.jar", "h2.jar");

    @Test
    void areTheSameInWhateverOrder() {
        assertThat(Libraries.other(List.of("h2.jar", "camel-core.jar"), SEEN)).isEmpty();
    }

    @Test
    void areOtherWithOneMore() {
        assertThat(Libraries.other(List.of("h2.jar", "camel-core.jar", "camel-aws.jar"), SEEN)).contains("camel-aws.jar");
    }

    @Test
    void areOtherWithOneLess() {
        assertThat(Libraries.other(List.of("h2.jar"), SEEN)).contains("camel-core.jar");
    }

    /** What is added is named, not one of those that the flat jar holds. */
    @Test
    void areOtherWithOneBesideTheFlatJar() {
        assertThat(Libraries.other(List.of("camel-aws.jar"), SEEN)).contains("camel-aws.jar");
    }
}
