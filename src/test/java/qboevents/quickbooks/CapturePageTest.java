// SPDX-License-Identifier: Apache-2.0
package qboevents.quickbooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import qboevents.event.Change;
import qboevents.event.Operation;
import qboevents.event.ReadFailure;

/** Answers to change data capture in the shapes that have been seen, and in some that may come. */
class CapturePageTest {

    private static final String GOOD =
            """
            {"CDCResponse":[{"QueryResponse":[
              {"Customer":[{"Id":"63","SyncToken":"1","Active":false,"MetaData":{"LastUpdatedTime":"2015-12-23T09:00:00-08:00"}},
                           {"Id":"99","SyncToken":"0"}],"startPosition":1,"maxResults":2},
              {"Invoice":[{"Id":"34","SyncToken":"2","TotalAmt":0,"PrivateNote":"Voided - by mistake"},
                          {"domain":"QBO","status":"Deleted","Id":"979","MetaData":{"LastUpdatedTime":"2015-12-23T12:55:50-08:00"}}],
               "startPosition":1,"maxResults":2,"totalCount":4}]}],
             "time":"2015-12-23T10:00:01-07:00"}
            """;

    private static CapturePage page(int status, String body) {
        var settings = new Binder(new MapConfigurationPropertySource(Map.of("quickbooks.api.capture-limit", "4")))
                .bindOrCreate("quickbooks.api", QuickBooksSettings.class);
        return new Answers(settings, new CallLimits(
                settings, (origin, kind) -> { throw new AssertionError("nothing is called"); }, Clock.systemUTC()), Clock.systemUTC()).capture(
                List.of("Invoice", "Customer", "Bill"), "1", status, null, text -> text,
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> read(CapturePage page) {
        var read = new ArrayList<String>();
        while (page.isUnread()) {
            page.next().forEach((entity, records) -> records.forEach(each -> read.add(entity + " " + word(each))));
        }
        return read;
    }

    private static String word(Change change) {
        return change.objectId() + (change.operation() == null ? "" : " " + change.operation());
    }

    @Test
    void readsRecordsStubsAndTheTime() {
        var page = page(200, GOOD);

        assertThat(read(page)).containsExactly(
                "Customer 63 " + Operation.DEACTIVATED, "Customer 99", "Invoice 34 " + Operation.VOIDED, "Invoice 979 DELETED");
        assertThat(page.getTime()).isEqualTo(Instant.parse("2015-12-23T17:00:01Z"));
        assertThat(page.getAnswered()).containsExactly("Customer", "Invoice");
        assertThat(page.isFull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"CDCResponse\":[{\"QueryResponse\":[{\"Invoice\":[{\"Id\":\"1\"}]},{},{\"Bill\":[{\"Id\":\"2\"}]}]}],\"time\":\"2026-01-01T00:00:00Z\"}",
        "{\"CDCResponse\":[{\"QueryResponse\":{\"Invoice\":[{\"Id\":\"1\"}],\"Bill\":[{\"Id\":\"2\"}]}}],\"time\":\"2026-01-01T00:00:00Z\"}",
        "{\"CDCResponse\":{\"QueryResponse\":[{\"invoice\":{\"Id\":\"1\"}},{\"BILL\":[{\"Id\":\"2\"}],\"maxResults\":1}]},\"time\":\"2026-01-01T00:00:00Z\"}",
        "{\"time\":\"2026-01-01T00:00:00Z\",\"CDCResponse\":[{\"QueryResponse\":[{\"Invoice\":[{\"Id\":\"1\"}],\"x\":{\"time\":\"1\"}}]},{\"QueryResponse\":[{\"Bill\":[{\"Id\":\"2\"}]}]}]}"})
    void readsWhateverStandsAroundTheRecords(String body) {
        var page = page(200, body);

        assertThat(read(page)).containsExactly("Invoice 1", "Bill 2");
        assertThat(page.getTime()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(page.isFull()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"CDCResponse\":[{\"QueryResponse\":[{}]}],\"time\":\"2026-01-01T00:00:00Z\"}",
        "{\"CDCResponse\":[{\"QueryResponse\":[]}],\"time\":\"2026-01-01T00:00:00Z\"}"})
    void readsThatNothingHasChanged(String body) {
        var page = page(200, body);

        assertThat(read(page)).isEmpty();
        assertThat(page.getFaults()).isEmpty();
        assertThat(page.getTime()).isNotNull();
    }

    @Test
    void keepsAnEntitysFaultFromTheOthers() {
        var page = page(200, "{\"CDCResponse\":[{\"QueryResponse\":[{\"Invoice\":[{\"Id\":\"1\"}]},"
                + "{\"Fault\":{\"Error\":[{\"Message\":\"no\",\"code\":\"10000\"}]}}]}],\"time\":\"2026-01-01T00:00:00Z\"}");

        assertThat(read(page)).containsExactly("Invoice 1");
        assertThat(page.getFaults()).containsExactly("10000 - no");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"Fault\":{\"Error\":[{\"Message\":\"no\",\"code\":\"10000\"}]}}",
        "{\"CDCResponse\":[{\"Fault\":{\"Error\":[{\"Message\":\"no\",\"code\":\"10000\"}]}}],\"time\":\"2026-01-01T00:00:00Z\"}",
        "{\"time\":\"2026-01-01T00:00:00Z\"}", "[]", "<html>", "{\"CDCResponse\":[{\"QueryResponse\":[{\"Invoice\":[{\"Id\":\"1\"}"})
    void refusesAnAnswerThatTellsNothing(String body) {
        assertThatThrownBy(() -> read(page(200, body))).isInstanceOf(ReadFailure.class);
    }

    @Test
    void tellsARefusalFromAFailure() {
        var refused = "{\"Fault\":{\"Error\":[{\"Message\":\"no\",\"code\":\"5030\"}]}}";
        assertThat(page(400, refused).getRefused()).isEqualTo("QuickBooks answered 400: 5030 - no");
        assertThat(page(400, refused).isUnknown()).isFalse();
        assertThat(page(404, "").isUnknown()).isTrue();
        assertThatThrownBy(() -> page(400, refused.replace("5030", "6190"))).isInstanceOf(ReadFailure.class);
        assertThatThrownBy(() -> page(400, refused.replace("5030", "003001"))).isInstanceOf(ReadFailure.class);
        assertThatThrownBy(() -> page(503, "<html>down</html>")).isInstanceOf(ReadFailure.class);
    }
}
