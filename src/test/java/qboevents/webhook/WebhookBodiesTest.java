// SPDX-License-Identifier: Apache-2.0
package qboevents.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import qboevents.event.Operation;

class WebhookBodiesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

    private static final String CREATED = """
            {"specversion":"1.0","id":"88cd52aa","type":"qbo.account.created.v1","time":"2025-09-10T21:31:25.179851517Z",\
            "intuitentityid":"1234","intuitaccountid":"310687","data":{}}""";
    private static final String LEGACY = """
            {"eventNotifications":[{"realmId":"310687","dataChangeEvent":{"entities":[
              {"name":"Account","id":"1234","operation":"Create","lastUpdated":"2025-09-08T20:52:31.657Z"} ]}}]}""";

    private static Batch read(String body) {
        return new WebhookBodies(CLOCK).read(body.getBytes(UTF_8));
    }

    /** Each as {@code 310687 account 1234 CREATED 2025-09-10T21:31:25Z}. */
    private static List<String> told(String body) {
        return read(body).notices().stream().map(each -> String.join(" ", each.realmId(), each.entity(), each.objectId(),
                each.operation().name(), String.valueOf(each.time()))).toList();
    }

    private static List<String> aside(String body) {
        return read(body).unreadable().stream().map(each -> new String(each.body(), UTF_8)).toList();
    }

    private static String element(Notice notice) {
        return new String(notice.element(), UTF_8);
    }

    @Test
    void readsCloudEventsOfSeveralCompaniesInTheirOrder() {
        var other = CREATED.replace("310687", "99").replace("account.created", "invoice.updated");

        assertThat(told(" [ " + CREATED + " ,\n" + other + "\n]\n")).containsExactly(
                "310687 account 1234 CREATED 2025-09-10T21:31:25.179851517Z",
                "99 invoice 1234 UPDATED 2025-09-10T21:31:25.179851517Z");
        assertThat(read("[" + CREATED + " , " + other + "]").notices()).extracting(WebhookBodiesTest::element)
                .containsExactly(CREATED, other);
    }

    @Test
    void readsASingleCloudEvent() {
        assertThat(told(CREATED)).containsExactly("310687 account 1234 CREATED 2025-09-10T21:31:25.179851517Z");
    }

    @Test
    void readsTheLegacyForm() {
        assertThat(told(LEGACY)).containsExactly("310687 Account 1234 CREATED 2025-09-08T20:52:31.657Z");
        assertThat(element(read(LEGACY).notices().get(0))).isEqualTo(
                "{\"name\":\"Account\",\"id\":\"1234\",\"operation\":\"Create\",\"lastUpdated\":\"2025-09-08T20:52:31.657Z\"}");
    }

    @Test
    void readsTheLegacyFormWhoseCompanyIsNamedLastAndInAnArray() {
        var body = """
                [{"eventnotifications":[
                  {"DataChangeEvent":{"x":[{}],"Entities":[{"NAME":"Bill","ID":7,"Operation":"VOID","LastUpdated":"2015-10-05T14:42:19-0700"},
                                                   {"name":"Bill","id":"8","operation":"Delete"}]},"RealmID":"5"},
                  {"realmId":"6","dataChangeEvent":{"entities":[]}}]}]""";

        assertThat(told(body)).containsExactly("5 Bill 7 VOIDED 2015-10-05T21:42:19Z", "5 Bill 8 DELETED null");
        assertThat(aside(body)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "created, CREATED", "UPDATED, UPDATED", "Deleted, DELETED", "emailed, EMAILED", "void, VOIDED", "voided, VOIDED", "merged, MERGED",
        "create, CREATED", "update, UPDATED", "delete, DELETED", "merge, MERGED", "reconciled, UNKNOWN", "'', UNKNOWN"
    })
    void knowsTheWordsInAnyCase(String word, Operation operation) {
        assertThat(read(CREATED.replace("created", word)).notices()).singleElement()
                .extracting(Notice::operation).isEqualTo(operation);
        assertThat(read(LEGACY.replace("Create", word)).notices()).singleElement()
                .extracting(Notice::operation).isEqualTo(operation);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"deletedid\":\"27\"}", "{\"DeletedId\":27}", "{\"a\":{\"deletedId\":\"1\"},\"deletedID\":\"27\",\"b\":[1]}"})
    void tellsOfBothRecordsOfAMerge(String data) {
        var merged = CREATED.replace("created", "Merged").replace("{}", data);

        assertThat(told("[" + merged + "]")).containsExactly(
                "310687 account 1234 MERGED 2025-09-10T21:31:25.179851517Z",
                "310687 account 27 DELETED 2025-09-10T21:31:25.179851517Z");
        assertThat(read("[" + merged + "]").notices()).extracting(WebhookBodiesTest::element).containsExactly(merged, merged);
    }

    @Test
    void tellsOfBothRecordsOfALegacyMerge() {
        assertThat(told(LEGACY.replace("\"operation\":\"Create\"", "\"deletedId\":\"27\",\"operation\":\"Merge\""))).containsExactly(
                "310687 Account 1234 MERGED 2025-09-08T20:52:31.657Z", "310687 Account 27 DELETED 2025-09-08T20:52:31.657Z");
    }

    @Test
    void tellsOfTheSurvivorAloneWhenTheOtherIsNotNamed() {
        assertThat(told(CREATED.replace("created", "merged"))).hasSize(1);
        assertThat(told(CREATED.replace("created", "merged").replace("{}", "{\"deletedid\":\"\"}"))).hasSize(1);
        assertThat(told(CREATED.replace("{}", "{\"deletedid\":\"27\"}"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"time\"", "\"intuitentityid\"", "\"intuitaccountid\"", "\"type\""})
    void readsNamesInAnyCase(String name) {
        assertThat(told(CREATED.replace(name, name.toUpperCase()))).isEqualTo(told(CREATED));
    }

    @ParameterizedTest
    @CsvSource({
        "2025-09-10T21:31:25Z, 2025-09-10T21:31:25Z", "2025-09-10T21:31:25.1Z, 2025-09-10T21:31:25.100Z",
        "2025-09-10T21:31:25.123456789+02:00, 2025-09-10T19:31:25.123456789Z", "2025-09-10T21:31:25-0700, 2025-09-11T04:31:25Z",
        "2025-09-10T21:31:25, 2025-09-10T21:31:25Z", "2025-09-10t21:31:25z, 2025-09-10T21:31:25Z", "2025-09-10T21:31Z, 2025-09-10T21:31:00Z",
        "2025-02-30T21:31:25Z,", "yesterday,", "'',", "2025-09-10,", "1757539885,", "+12025-09-10T21:31:25Z,", "9999-12-31T23:59:59-1800,",
        "0000-01-01T00:00:00Z,", "2025-09-10T21:31:25.1234567890Z,"
    })
    void readsTimesAndTellsTheChangeWhateverTheyAre(String text, Instant time) {
        assertThat(read(CREATED.replace("2025-09-10T21:31:25.179851517Z", text)).notices()).singleElement()
                .extracting(Notice::time).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T12:09:00Z, 2026-11-20T12:09:00Z", "2026-11-20T12:11:00Z,", "2026-11-20T12:11:00+02:00, 2026-11-20T10:11:00Z",
        "9998-01-01T00:00:00Z,"
    })
    void takesAChangeFromTheFutureForOneWithoutATime(String text, Instant time) {
        readsTimesAndTellsTheChangeWhateverTheyAre(text, time);
    }

    @Test
    void tellsTheStatesOfAnObjectInTheOrderOfTheirTimes() {
        var other = state("updated", "9", "10:00:09");

        assertThat(read("[" + String.join(",", state("updated", "1", "10:00:05"), other, state("created", "1", "10:00:00"),
                state("emailed", "1", "yesterday"), state("void", "1", "10:00:02"), state("updated", "1", "10:00:02")) + "]").notices())
                .extracting(each -> each.objectId() + " " + each.operation())
                .containsExactly("1 CREATED", "9 UPDATED", "1 VOIDED", "1 EMAILED", "1 UPDATED", "1 UPDATED");
    }

    @Test
    void tellsThemSoInTheLegacyFormToo() {
        var body = """
                {"eventNotifications":[{"realmId":"310687","dataChangeEvent":{"entities":[
                  {"name":"Invoice","id":"1","operation":"Update","lastUpdated":"2026-11-20T10:00:05Z"},
                  {"name":"Bill","id":"1","operation":"Update","lastUpdated":"2026-11-20T10:00:09Z"},
                  {"name":"invoice","id":"1","operation":"Create","lastUpdated":"2026-11-20T03:00:00-07:00"}]}}]}""";

        assertThat(read(body).notices()).extracting(each -> each.entity() + " " + each.operation())
                .containsExactly("invoice CREATED", "Bill UPDATED", "Invoice UPDATED");
    }

    private static String state(String word, String id, String time) {
        return CREATED.replace("account.created", "invoice." + word).replace("1234", id).replace("2025-09-10T21:31:25.179851517Z", "2026-11-20T" + time + "Z");
    }

    static List<String> badElements() {
        return List.of(
                "{}", "null", "3", "-1.5e3", "true", "\"text\"", "[]", "[{},[1]]",
                CREATED.replace("1234", ""), CREATED.replace("1234", "   "), CREATED.replace("1234", "1\\u00002"),
                CREATED.replace("1234", "1\\n2"), CREATED.replace("1234", "\\uD83D"), CREATED.replace("1234", "x".repeat(256)),
                CREATED.replace("\"1234\"", "null"), CREATED.replace("\"1234\"", "{\"id\":\"1\"}"), CREATED.replace("\"1234\"", "true"),
                CREATED.replace("310687", ""), CREATED.replace("\"310687\"", "[\"310687\"]"), CREATED.replace("310687", "1\\u0000"),
                CREATED.replace("intuitaccountid", "account"), CREATED.replace("intuitentityid", "entity"),
                CREATED.replace("\"type\"", "\"kind\""), CREATED.replace("qbo.account.created.v1", "nonsense"),
                CREATED.replace("qbo.account.created.v1", "qbo..created.v1"), CREATED.replace("qbo.account.created.v1", "..."),
                CREATED.replace("created", "merged").replace("{}", "{\"deletedid\":\"\\u0007\"}"));
    }

    @ParameterizedTest
    @MethodSource("badElements")
    void setsABadElementAsideAndReadsTheRest(String bad) {
        var body = "[" + CREATED + "," + bad + " ," + CREATED.replace("1234", "5678") + "]";

        assertThat(told(body)).extracting(each -> each.split(" ")[2]).containsExactly("1234", "5678");
        assertThat(aside(body)).containsExactly(bad);
    }

    @Test
    void setsBadPartsOfTheLegacyFormAside() {
        var good = "{\"name\":\"Bill\",\"id\":\"1\",\"operation\":\"Create\"}";
        var body = """
                {"eventNotifications":[3,{"realmId":"5"},{"realmId":"5","dataChangeEvent":[]},
                  {"dataChangeEvent":{"entities":[%s]}},
                  {"realmId":"5","dataChangeEvent":{"entities":[null,{"name":"Bill"},%s]}}]}""".formatted(good, good);

        assertThat(told(body)).containsExactly("5 Bill 1 CREATED null");
        assertThat(aside(body)).containsExactly("3", "{\"realmId\":\"5\"}", "{\"realmId\":\"5\",\"dataChangeEvent\":[]}", good,
                "null", "{\"name\":\"Bill\"}");
    }

    static List<String> badBodies() {
        return List.of(
                "", " ", "<html>", "hello", "null", "3", "\"text\"", "{}", "{\"a\":1}", "{\"eventNotifications\":{}}",
                "{\"eventNotifications\":null}", "[" + CREATED, "[" + CREATED + "]]", "[" + CREATED + "] x", CREATED + CREATED,
                "[" + CREATED + ",]", CREATED.substring(0, CREATED.length() - 1), "[" + CREATED + "," + "[".repeat(5000) + "]".repeat(5000) + "]",
                CREATED.replace("{}", "{\"a\":".repeat(2000) + "1" + "}".repeat(2000)), "[" + CREATED + ",{\"a\":NaN}]",
                "[" + CREATED + ",{\"a\":\"\u0001\"}]", "[" + CREATED + ",{'a':1}]", LEGACY.substring(0, LEGACY.length() - 2),
                "[" + CREATED + ",{\"a\":" + "9".repeat(2000) + ",\"a\":\"\\x\"}]");
    }

    @ParameterizedTest
    @MethodSource("badBodies")
    void setsABodyAsideWhole(String body) {
        assertThat(told(body)).isEmpty();
        assertThat(aside(body)).singleElement().asString().isEqualTo(body.isBlank() ? body : body.strip());
    }

    @Test
    void doesNotMindAnEmptyList() {
        assertThat(read("[]")).isEqualTo(new Batch(List.of(), List.of()));
        assertThat(read("{\"eventNotifications\":[]}")).isEqualTo(new Batch(List.of(), List.of()));
    }

    @Test
    void readsPastAByteOrderMark() {
        assertThat(read("\uFEFF[" + CREATED + "]").notices()).singleElement().extracting(WebhookBodiesTest::element).isEqualTo(CREATED);
    }

    @Test
    void cutsElementsByBytesAndNotByCharacters() {
        var element = CREATED.replace("{}", "{\"Grüße\":\"\uD83D\uDC4B – €\"}");

        assertThat(read("[" + element + "," + element + "]").notices()).extracting(WebhookBodiesTest::element)
                .containsExactly(element, element);
    }

    @Test
    void setsAsideWhatIsNotUtf8() {
        var latin = ("[" + CREATED.replace("1234", "\u00e4") + "]").getBytes(StandardCharsets.ISO_8859_1);
        var utf16 = ("[" + CREATED + "]").getBytes(StandardCharsets.UTF_16);

        assertThat(new WebhookBodies(CLOCK).read(latin).unreadable()).singleElement().extracting(Unreadable::body).isEqualTo(latin);
        assertThat(new WebhookBodies(CLOCK).read(utf16).unreadable()).singleElement().extracting(Unreadable::body).isEqualTo(utf16);
        assertThat(new WebhookBodies(CLOCK).read(null).unreadable()).hasSize(1);
    }

    @Test
    void setsABodyFullOfNonsenseAsideOnce() {
        var body = "[" + "{},".repeat(100_000) + CREATED + "]";

        assertThat(told(body)).hasSize(1);
        assertThat(aside(body)).hasSize(21).last().isEqualTo(body);
    }

    @Test
    void saysNothingOfABodyInTheReason() {
        var reasons = badBodies().stream().flatMap(body -> read(body).unreadable().stream()).map(Unreadable::reason).toList();

        assertThat(reasons).allMatch(reason -> reason.matches("is not JSON that can be read(, from byte \\d+ on)?"
                + "|names no company, no entity or no id"));
    }
}
