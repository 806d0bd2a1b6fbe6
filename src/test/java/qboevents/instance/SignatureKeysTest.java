// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignatureKeysTest {

    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofHours(23));
    private static final Instant END = NOW.plus(Duration.ofDays(1));

    private final SignatureKeys first = SignatureKeys.NONE.replacedBy("first", NOW);

    @Test
    void keepAKeyForADayAfterItWasReplaced() {
        var keys = first.replacedBy("second", NOW);

        assertThat(first.at(NOW)).containsExactly("first");
        assertThat(keys.at(NOW)).containsExactly("second", "first");
        assertThat(keys.at(END.minusMillis(1))).containsExactly("second", "first");
        assertThat(keys.at(END)).containsExactly("second");
    }

    @Test
    void keepTheKeyThatReceiversHaveWhenTheNewOneIsMendedSoonAfter() {
        var keys = first.replacedBy("sceond", NOW).replacedBy("second", LATER);

        assertThat(keys.at(LATER)).containsExactly("second", "sceond", "first");
        assertThat(keys.at(END)).containsExactly("second", "sceond");
    }

    @Test
    void stayAsTheyAreWhenTheSameKeyIsGivenAgain() {
        var keys = first.replacedBy("second", NOW);

        assertThat(keys.replacedBy("second", LATER)).isEqualTo(keys);
    }

    @Test
    void holdNoKeyTwiceWhenOneIsTakenBack() {
        var keys = first.replacedBy("second", NOW).replacedBy("first", LATER);

        assertThat(keys.at(LATER)).containsExactly("first", "second");
        assertThat(keys.at(END)).containsExactly("first", "second");
    }

    @Test
    void endAtOnceWhenTheKeyIsTakenAway() {
        var keys = first.replacedBy("second", NOW).replacedBy(null, NOW);

        assertThat(keys.at(NOW)).isEmpty();
        assertThat(keys.replacedBy("third", NOW).at(NOW)).containsExactly("third");
    }

    @Test
    void areForgottenWhenTheirTimeIsOverAndNeverMoreThanFive() {
        var keys = first;
        for (int i = 0; i < 10; i++) {
            keys = keys.replacedBy("key " + i, NOW);
        }

        assertThat(keys.at(NOW)).containsExactly("key 9", "key 8", "key 7", "key 6", "key 5");
        assertThat(keys.replacedBy("last", END).former()).containsOnlyKeys("key 9");
    }

    @Test
    void areReadAsTheyWereKeptAndShowNothing() {
        var keys = first.replacedBy("second", NOW).replacedBy("third \"key\"", NOW);

        assertThat(SignatureKeys.of("third \"key\"", keys.formerAsText())).isEqualTo(keys);
        assertThat(SignatureKeys.of("third \"key\"", keys.formerAsText()).at(NOW)).containsExactly("third \"key\"", "second", "first");
        assertThat(keys.toString()).doesNotContain("first", "second", "third");
    }
}
