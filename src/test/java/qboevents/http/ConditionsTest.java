// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qboevents.http.Conditions.Condition;

class ConditionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"status='queued' and config.url='https://x/?a=b'", "status = queued AND config.url=https://x/?a=b ",
        "status=\"queued\" and config.url=\"https://x/?a=b\""})
    void readsQuotedAndBareValues(String text) {
        assertThat(Conditions.read(text)).hasValueSatisfying(found -> assertThat(found).containsExactly(
                new Condition("status", "=", "queued"), new Condition("config.url", "=", "https://x/?a=b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status='queued", "status=\"queued", "status='queued\"", "status=", "status='a' or x='b'", "status='a' and"})
    void readsNothingOfWhatIsNoCondition(String text) {
        assertThat(Conditions.read(text)).isEmpty();
    }

    @Test
    void takesSeveralWheresForOne() {
        var query = Query.of("where=status=%27queued%27&pageSize=1&where=instanceId=7");

        assertThat(query.where()).isEqualTo("status='queued' and instanceId=7");
        assertThat(Query.of("pageSize=1").where()).isEmpty();
    }
}
