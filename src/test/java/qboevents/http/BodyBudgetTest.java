// SPDX-License-Identifier: Apache-2.0
package qboevents.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class BodyBudgetTest {

    private static final int MB = 1024 * 1024;

    private final BodyBudget budget = new BodyBudget(256L * MB);

    @Test
    void givesAnEighthOfTheHeapAndTakesItBack() {
        var shares = Stream.generate(() -> budget.take(8 * MB)).limit(4).toList();
        assertThat(shares).doesNotContainNull();

        assertThat(budget.take(9000)).isNull();
        assertThat(budget.take(8000)).as("small ones are free").isNotNull();

        shares.get(0).shrinkTo(MB);
        assertThat(budget.take(7 * MB)).isNotNull();
        assertThat(budget.take(9000)).isNull();

        shares.get(1).endWith(new MockHttpServletRequest());
        shares.get(1).endWith(new MockHttpServletRequest());
        assertThat(budget.take(8 * MB)).isNotNull();
        assertThat(budget.take(9000)).as("given back once").isNull();
    }

    @Test
    void holdsItUntilTheAnswerOfAnotherThread() {
        var request = new MockHttpServletRequest();
        request.setAsyncSupported(true);
        var answering = request.startAsync();
        var share = budget.take(32 * MB);
        share.endWith(request);
        assertThat(budget.take(9000)).isNull();

        answering.complete();

        assertThat(budget.take(32 * MB)).isNotNull();
    }
}
