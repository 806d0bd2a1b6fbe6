// SPDX-License-Identifier: Apache-2.0
package qboevents.quickbooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import qboevents.event.Change;
import qboevents.event.ReadFailure;
import qboevents.http.Blot;

class QueryPageTest {

    private static final String GOOD =
            """
            {"QueryResponse":{"Bill":[
              {"Id":"145","SyncToken":"2","MetaData":{"CreateTime":"2026-01-01T10:00:00-08:00","LastUpdatedTime":"2026-06-01T10:00:00-07:00"},"Memo":"Größe {[\\"}","Line":[{"Id":"1"},[{}]]},
              {"domain":"QBO","Id":"TAX","MetaData":{"LastUpdatedTime":"2026-06-01T10:00:01-07:00"}, "SyncToken":"0" }
            ],"startPosition":1,"maxResults":2},"time":"2026-06-02T08:00:00.123-07:00"}
            """;

    private static QuickBooksSettings settings(String... pairs) {
        var values = new java.util.HashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("quickbooks.api", QuickBooksSettings.class);
    }

    private static Answers answers(QuickBooksSettings settings) {
        var limits = new CallLimits(settings, (origin, kind) -> { throw new AssertionError("nothing is called"); }, Clock.systemUTC());
        return new Answers(settings, limits, Clock.systemUTC());
    }

    private static QueryPage page(InputStream body) {
        return answers(settings()).page("Bill", "1", 0, 200, null, text -> text, body);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Change> all(QueryPage page) {
        var all = new ArrayList<Change>();
        while (page.isUnread()) {
            all.addAll(page.next());
        }
        return all;
    }

    /** A network gives what it has: any number of bytes at a time. */
    private static InputStream trickling(String text, long seed) {
        var random = new Random(seed);
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(40)));
            }
        };
    }

    @Test
    void keepsEachRecordAsTheBytesItCameIn() {
        var page = page(bytes(GOOD));

        var changes = all(page);

        assertThat(changes).extracting(Change::objectId).containsExactly("145", "TAX");
        assertThat(changes).extracting(Change::syncToken).containsExactly("2", "0");
        assertThat(changes.get(0).updatedAt()).isEqualTo(Instant.parse("2026-06-01T17:00:00Z"));
        assertThat(changes.get(0).createdAt()).isEqualTo(Instant.parse("2026-01-01T18:00:00Z"));
        assertThat(new String(changes.get(0).record(), StandardCharsets.UTF_8))
                .startsWith("{\"Id\":\"145\"").endsWith("[{}]]}").contains("Größe");
        assertThat(page.getTime()).isEqualTo(Instant.parse("2026-06-02T15:00:00.123Z"));
        assertThat(page.getLast()).isEqualTo(Instant.parse("2026-06-01T17:00:01Z"));
        assertThat(page.getRows()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void cutsRecordsOutWhateverPiecesTheyArriveIn(long seed) {
        var large = GOOD.replace("\"Memo\":\"", "\"Memo\":\"" + "x".repeat(20_000));

        var whole = all(page(bytes(large)));
        var pieces = all(page(trickling(large, seed)));

        assertThat(pieces).extracting(change -> new String(change.record(), StandardCharsets.UTF_8))
                .containsExactlyElementsOf(whole.stream()
                        .map(change -> new String(change.record(), StandardCharsets.UTF_8))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999-12-31T23:59:59-08:00", "+999999999-01-01T00:00:00Z", "0000-12-31T23:59:59Z", "-0001-01-01T00:00:00Z"})
    void readsNoTimeThatFourDigitsCannotShow(String time) {
        var page = page(bytes(GOOD.replace("2026-06-01T10:00:00-07:00", time)
                .replace("2026-06-02T08:00:00.123-07:00", time)));

        assertThat(all(page).get(0).updatedAt()).isNull();
        assertThat(page.getTime()).isNull();
    }

    @Test
    void takesAnAnswerWithoutRowsForWhatItIs() {
        var page = page(bytes("{\"QueryResponse\":{},\"time\":\"2026-06-02T08:00:00.123-07:00\"}"));

        assertThat(all(page)).isEmpty();
        assertThat(page.getTime()).isNotNull();
        assertThat(page.isFull()).isFalse();
    }

    @Test
    void refusesEveryTruncationOfAnAnswer() {
        var text = GOOD.trim();
        for (int length = 0; length < text.length(); length += 7) {
            var cut = text.substring(0, length);
            assertThatThrownBy(() -> all(page(bytes(cut)))).as("cut at %s", length).isInstanceOf(ReadFailure.class);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "<html><head><title>Oops</title></head><body>Sorry</body></html>; not JSON: Oops Sorry",
        "{\"Fault\":{\"Error\":[{\"Message\":\"m\",\"Detail\":\"d\",\"code\":\"610\"}],\"type\":\"ValidationFault\"}}; 610 - m; d",
        "{\"fault\":{\"error\":[{\"message\":\"m\",\"detail\":\"d\",\"code\":\"003200\"}],\"type\":\"AUTHENTICATION\"}}; 3200 - m",
        "{\"QueryResponse\":{\"Fault\":{\"Error\":[{\"Message\":\"inside\",\"code\":\"10000\"}]}}}; 10000 - inside",
        "{}; without a QueryResponse",
        "''; without a QueryResponse",
        "{\"QueryResponse\":{\"Bill\":[{\"SyncToken\":\"0\"}]}}; without an Id"
    })
    void saysWhatCameInsteadOfAPage(String body, String expected) {
        assertThatThrownBy(() -> all(page(bytes(body))))
                .isInstanceOf(ReadFailure.class)
                .hasMessageContaining(expected.trim());
    }

    @Test
    void refusesAnAnswerAboveTheLimitWithoutKeepingIt() {
        var limited = answers(settings("quickbooks.api.maximum-answer", "1MB"));
        var endless = new InputStream() {
            private final byte[] head = "{\"QueryResponse\":{\"Bill\":[],\"x\":\"".getBytes(StandardCharsets.UTF_8);
            private int at;

            @Override
            public int read() {
                return at < head.length ? head[at++] : 'x';
            }
        };

        assertThatThrownBy(() -> all(limited.page("Bill", "1", 0, 200, null, text -> text, endless)))
                .isInstanceOf(ReadFailure.class)
                .hasMessageContaining("larger than 1 MB");
    }

    @Test
    void saysThatAnAnswerBrokeOffInTheMiddle() {
        var broken = new InputStream() {
            private final InputStream half = bytes(GOOD.substring(0, GOOD.length() / 2));

            @Override
            public int read() throws IOException {
                int next = half.read();
                if (next < 0) {
                    throw new IOException("Connection reset");
                }
                return next;
            }
        };

        assertThatThrownBy(() -> all(page(broken))).isInstanceOf(ReadFailure.class).hasMessageContaining("broke off");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "429; 17; {}; PT17S",
        "429; ; <?xml version='1.0'?><Fault><Message>ThrottleExceeded</Message></Fault>; PT1M",
        "403; ; {\"Fault\":{\"Error\":[{\"code\":\"3001\"}]}}; PT1M",
        "503; 5; ; PT5S"
    })
    void waitsAsLongAsItIsToldTo(int status, String retryAfter, String body, Duration expected) {
        assertThatThrownBy(() -> answers(settings()).page("Bill", "1", 0, status, retryAfter, text -> text, bytes(body == null ? "" : body)))
                .isInstanceOfSatisfying(ReadFailure.class, failure -> assertThat(failure.pause()).contains(expected));
    }

    /** It has been seen to repeat the token. */
    @ParameterizedTest
    @ValueSource(strings = {
        "{\"fault\":{\"error\":[{\"message\":\"message=AuthenticationFailed\",\"detail\":\"Token expired: eyJ-token\",\"code\":\"3200\"}]}}",
        "<html><body>Bearer eyJ-token is over</body></html>"
    })
    void keepsNothingSecretOfWhatItIsTold(String body) {
        Blot credentials = Blot.of(List.of("eyJ-token"));

        assertThatThrownBy(() -> answers(settings()).page("Bill", "1", 0, 401, null, credentials, bytes(body)))
                .hasMessageContaining("********").message().doesNotContain("eyJ-token");
    }

    @Test
    void namesStatusAndFaultOfARefusal() {
        var body = "{\"Fault\":{\"Error\":[{\"Message\":\"message=ApplicationAuthorizationFailed\",\"code\":\"3100\"}]}}";

        assertThatThrownBy(() -> answers(settings()).page("Bill", "1", 0, 403, null, text -> text, bytes(body)))
                .hasMessage("QuickBooks answered 403: 3100 - message=ApplicationAuthorizationFailed");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T10:00:00-07:00, 2026-06-01T17:00:00Z",
        "2015-10-05T14:42:19-0700, 2015-10-05T21:42:19Z",
        "2026-06-01T10:00:00Z, 2026-06-01T10:00:00Z",
        "2026-06-01T10:00:00.123-07:00, 2026-06-01T17:00:00.123Z",
        "2026-01-01T10:00:00, 2026-01-01T18:00:00Z"
    })
    void readsTimesInEveryFormThatIntuitWrites(String text, Instant expected) {
        assertThat(Times.read(text)).isEqualTo(expected);
    }

    @Test
    void asksForInactiveRecordsOfAListFromTheCursorOn() {
        var text = new Query(settings())
                .changes("Vendor", true, Instant.parse("2026-06-01T17:00:00Z"), 1001, 0, java.time.ZoneId.of("America/Los_Angeles"));

        assertThat(java.net.URLDecoder.decode(text, StandardCharsets.UTF_8))
                .isEqualTo("query=SELECT * FROM Vendor WHERE MetaData.LastUpdatedTime >= '2026-06-01T10:00:00-07:00'"
                        + " AND Active IN (true, false) ORDERBY MetaData.LastUpdatedTime ASC STARTPOSITION 1001 MAXRESULTS 1000"
                        + "&minorversion=75");
        assertThat(text).doesNotContain("+", ":", "'");
    }
}
