// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import qboevents.http.ApiException;
import qboevents.http.CallbackAddresses;

/** How much a request may say, and how much is said of what is wrong with it. */
class DraftBoundsTest {

    private static final String LONGEST = "x".repeat(255);

    private final Drafts drafts = new Drafts(Sample.reader(), new CallbackAddresses(false), Sample.OAUTH1);

    @Test
    void takesFiftyTagsOf255CharactersEach() {
        var tags = Collections.nCopies(50, LONGEST);

        assertThat(drafts.create(body(tags, Map.of())).tags()).isEqualTo(tags);
    }

    @Test
    void refusesMoreOfThemAndLongerOnes() {
        assertThat(refusal(body(Collections.nCopies(51, "t"), Map.of()))).contains("tags has more than 50 texts").doesNotContain("255");
        assertThat(refusal(body(List.of("t", LONGEST + "x", LONGEST + "y"), Map.of())))
                .endsWith(": tags has a text of more than 255 characters");
        assertThat(refusal(body(Collections.nCopies(51, LONGEST + "x"), Map.of())))
                .contains("tags has more than 50 texts", "tags has a text of more than 255 characters");
    }

    @Test
    void namesTheFirstFiftyFaultsAndCountsTheRest() {
        assertThat(refusal(body(List.of(), unknown(50)))).contains("event.x49 is not known").doesNotContain(" more");
        assertThat(refusal(body(List.of(), unknown(51)))).endsWith("; and 1 more");

        var message = refusal(body(List.of(), unknown(20_000)));

        assertThat(message).endsWith("; and 19950 more").hasSizeLessThan(5_000);
        assertThat(message.split("is not known", -1)).hasSize(51);
    }

    private String refusal(Map<String, ?> body) {
        var refused = catchThrowableOfType(ApiException.class, () -> drafts.create(body));
        assertThat(refused.status()).isEqualTo(400);
        return refused.getMessage();
    }

    private static Map<String, String> unknown(int keys) {
        var configuration = new HashMap<String, String>();
        IntStream.range(0, keys).forEach(each -> configuration.put("event.x" + each, "1"));
        return configuration;
    }

    private static Map<String, ?> body(List<String> tags, Map<String, String> more) {
        var configuration = new HashMap<>(Map.of(
                "oauth.callback.url", "https://mycoolapp.com", "oauth.api.key", "key", "oauth.api.secret", "secret"));
        configuration.putAll(more);
        return Map.of("element", Map.of("key", "quickbooks"), "name", "Name", "tags", tags, "configuration", configuration,
                "providerData", Map.of("code", "code", "realmId", "46"));
    }
}
