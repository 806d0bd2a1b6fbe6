// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qboevents.http.ApiException;
import qboevents.http.CallbackAddresses;

class DraftsTest {

    private final Drafts drafts = new Drafts(Sample.reader(), new CallbackAddresses(false));

    @Test
    void takesTheDocumentedPollingBody() {
        var events = events(Map.of("event.poller.urls", String.join("", Known.NAMES)));

        assertThat(events.polls()).isTrue();
        assertThat(events.listens()).isFalse();
        assertThat(events.refreshInterval()).isEqualTo(Duration.ofMinutes(15));
        assertThat(events.resources()).isEqualTo(Known.NAMES);
        assertThat(events.start().kind()).isEqualTo(Start.Kind.NOW);
    }

    @ParameterizedTest
    @CsvSource({"polling,true,false", "webhook,false,true", "webhooks,false,true", "hybrid,true,true", "'',true,false"})
    void knowsTheVendorTypes(String type, boolean polls, boolean listens) {
        var events = events(Map.of("event.vendor.type", type));

        assertThat(events.polls()).isEqualTo(polls);
        assertThat(events.listens()).isEqualTo(listens);
    }

    @ParameterizedTest
    @ValueSource(strings = {"invoices\nbill-payments\nbills", "invoices\r\nbill-payments\r\nbills", "invoices|bill-payments|bills",
        "invoices, bill-payments ,bills", "[\"invoices\",\"bill-payments\",\"bills\"]", "invoicesbill-paymentsbills",
        "invoices|/hubs/finance/invoices?where=x||updated|yyyy||||\nbill-payments|/b\nbills|/c", "invoices\ninvoices|bill-paymentsbills\n"})
    void takesEverySpellingOfTheResources(String urls) {
        assertThat(events(Map.of("event.poller.urls", urls)).resources()).containsExactly("invoices", "bill-payments", "bills");
    }

    @Test
    void keepsGluedNamesApart() {
        assertThat(drafts.create(body(Map.of("event.poller.urls", "invoicesbills"))).configuration())
                .containsEntry("event.poller.urls", "invoices\nbills");
    }

    @Test
    void takesAListAsAList() {
        assertThat(events(Map.of("event.poller.urls", List.of("invoices", "bills"))).resources())
                .containsExactly("invoices", "bills");
    }

    @Test
    void readsGluedNamesThatGreedinessWouldMiss() {
        assertThat(PollerUrls.names("paymentspayment-methodspayments", Known.NAMES))
                .containsExactly("payments", "payment-methods");
        assertThat(PollerUrls.names("abc", List.of("a", "ab", "bc"))).containsExactly("a", "bc");
        assertThat(PollerUrls.names("a".repeat(100_000) + "!", List.of("a", "aa"))).hasSize(1);
    }

    @Test
    void addsTheKeysOfThePollerConfiguration() {
        var object = Map.of("vendors", Map.of("url", "/hubs/finance/vendors", "idField", "id", "pollDelay", 0));

        assertThat(events(Map.of("event.poller.configuration", object, "event.poller.urls", "bills")).resources())
                .containsExactly("bills", "vendors");
        assertThat(events(Map.of("event.poller.configuration", "{\"vendors\":{}}")).resources()).containsExactly("vendors");
        assertFault("event.poller.configuration", Map.of("vendors", Map.of("pageSize", 7)), "vendors.pageSize, which is not supported");
        assertFault("event.poller.configuration", "{", "must be a JSON object");
    }

    @ParameterizedTest
    @CsvSource({"15,PT15M", "0015,PT15M", "2.5,PT2M30S", "1,PT1M", "999999999,PT16666666H39M"})
    void readsMinutes(String minutes, Duration interval) {
        assertThat(events(Map.of("event.poller.refresh_interval", minutes)).refreshInterval()).isEqualTo(interval);
    }

    @Test
    void readsNumbersOfAnyJsonType() {
        assertThat(events(Map.of("event.poller.refresh_interval", 2.5)).refreshInterval()).hasSeconds(150);
        assertThat(events(Map.of("event.poller.refresh_interval", 20)).refreshInterval()).hasMinutes(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.99", "-1", "often", "1e9", "NaN"})
    void refusesABadInterval(String minutes) {
        assertFault("event.poller.refresh_interval", minutes, "event.poller.refresh_interval");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '=', value = {
        "ftp://me/x=http or https", "/relative=http or https", "https://u:p@8.8.8.8/=must not carry",
        "https:///x=must name a host", "http://a b=http or https",
        "https://api.cloud-elements.com/elements/api-v2/events/quickbooks/=is the inlet",
        "https://api.openconnectors.us2.ext.hana.ondemand.com/elements/api-v2/events/quickbooks=is the inlet",
        "http://8.8.8.8//elements/api-v2/x/../events/quickbooks/MTAwMQ=is the inlet",
        "http://127.0.0.1/=internal address", "http://localhost:9/=internal address", "http://[::1]/=internal address",
        "http://[::ffff:10.0.0.1]/=internal address", "http://169.254.169.254/latest=internal address",
        "http://100.64.0.1/=internal address", "http://[fd00::1]/=internal address", "http://0.0.0.0/=internal address",
        "http://LOCALHOST./=internal address", "http://x.localhost/=internal address", "http://168.63.129.16/=internal address",
        "http://[::ffff:7f00:1]/=internal address", "http://[64:ff9b::7f00:1]/=internal address", "http://[::127.0.0.1]/=internal address",
        "http://[0:0:0:0:0:ffff:a9fe:a9fe]/=internal address", "http://[2002:a9fe:a9fe::]:80/=internal address",
        "http://0x7f000001/=four decimal numbers", "http://017700000001/=four decimal numbers",
        "http://2130706433:80/=four decimal numbers", "http://127.1/=four decimal numbers", "http://0177.0.0.1/=four decimal numbers",
        "http://127.0.0.1./=four decimal numbers", "http://127.0.0.0x1/=four decimal numbers",
        "http://[fe80::1%25eth0]/=without a zone", "http://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460/=in ASCII",
        "http://127\u30020\u30020\u30021/=in ASCII", "http://user@8.8.8.8/=must not carry", "http://8.8.8.8@127.0.0.1/=must not carry",
        "http://:@127.0.0.1/=must not carry", "http://8.8.8.8\\@127.0.0.1/=http or https", "http://8.8.8.8:99999/=a valid port",
        "http://8.8.8.8:80:80/=must name a host", "http:8.8.8.8=must name a host", "//8.8.8.8/=http or https", "file:///etc/passwd=http or https"})
    void refusesABadCallback(String url, String fault) {
        assertFault("event.notification.callback.url", url, fault);
    }

    @Test
    void allowsAThousandCharacters() {
        var url = "https://8.8.8.8/";

        assertThat(events(Map.of("event.notification.callback.url", url + "x".repeat(1000 - url.length()))).callback()).isNotNull();
        assertFault("event.notification.callback.url", url + "x".repeat(1001 - url.length()), "more than 1000 characters");
    }

    @Test
    void needsACallbackWhenEventsAreEnabled() {
        assertFault("event.notification.callback.url", "", "is required when event.notification.enabled is true");
        assertThat(events(Map.of("event.notification.callback.url", "", "event.notification.enabled", "false")).enabled()).isFalse();
    }

    @Test
    void treatsEmptyTextsAsNotGiven() {
        var events = events(Map.of("event.notification.signature.key", "", "event.poller.urls", " ", "event.poller.start", ""));

        assertThat(events.callback().signatureKey()).isNull();
        assertThat(events.resources()).isEmpty();
    }

    @Test
    void refusesUnknownEventKeysAndKeepsOthers() {
        assertFault("event.poller.url", "x", "event.poller.url is not known (did you mean event.poller.urls?)");
        assertThat(drafts.create(body(Map.of("my.key", 7, "event.objects", "x"))).configuration())
                .containsEntry("my.key", "7").containsEntry("event.objects", "x");
    }

    @Test
    void namesAnUnknownResource() {
        assertFault("event.poller.urls", "invoices|vendorz", "names vendorz, which no route offers (did you mean vendors?)");
    }

    @Test
    void readsWhenToStart() {
        var zone = Map.of("event.poller.timezone", "America/New_York");

        assertThat(start(zone, "2026-01-31")).isEqualTo(Instant.parse("2026-01-31T05:00:00Z"));
        assertThat(start(zone, "2026-01-31T08:00:00")).isEqualTo(Instant.parse("2026-01-31T13:00:00Z"));
        assertThat(start(zone, "2026-01-31T08:00:00+02:00")).isEqualTo(Instant.parse("2026-01-31T06:00:00Z"));
        assertThat(start(Map.of(), "2026-01-31t08:00:00z")).isEqualTo(Instant.parse("2026-01-31T08:00:00Z"));
        assertThat(events(Map.of("event.poller.start", "beginning")).start().kind()).isEqualTo(Start.Kind.BEGINNING);
        assertFault("event.poller.start", "yesterday", "must be now, beginning, or a date");
        assertFault("event.poller.timezone", "Mars", "must be a time zone");
    }

    @Test
    void readsHeadersForTheCallback() {
        var object = events(Map.of("event.notification.callback.headers", Map.of("X-Team", "books"))).callback();
        var lines = events(Map.of("event.notification.callback.headers", "X-Team: books\r\nX-Other: a:b",
                "event.notification.basic.username", "me", "event.notification.basic.password", "pass")).callback();

        assertThat(object.headers()).containsEntry("X-Team", "books");
        assertThat(lines.headers()).containsEntry("X-Other", "a:b").containsEntry("Authorization", "Basic bWU6cGFzcw==");
        assertThat(lines.toString()).doesNotContain("bWU6cGFzcw");
        for (var name : List.of("Host", "content-length", "Elements-Webhook-Signature", "webhook-id")) {
            assertFault("event.notification.callback.headers", Map.of(name, "x"), "must not set " + name);
        }
        assertFault("event.notification.callback.headers", Map.of("X", "a\r\nHost: b"), "HTTP does not allow");
        assertFault("event.notification.callback.headers", "no colon", "Name: value");
    }

    @Test
    void checksTheRest() {
        assertFault("event.notification.signature.key", "k".repeat(129), "more than 128 characters");
        assertFault("event.notification.batch.size", 21, "from 1 to 20");
        assertFault("event.notification.batch.size", "0", "from 1 to 20");
        assertFault("event.notification.format", "xml", "must be one of open-connectors, cloudevents");
        assertFault("event.notification.enabled", "yes", "must be true or false");
        assertFault("use_sandbox", "maybe", "use_sandbox must be true or false");
        assertFault("event.poller.strategy", "guess", "must be one of auto, query, cdc");
        assertFault("authentication.type", "oauth1", "Intuit switched OAuth 1.0 off");
        assertThat(events(Map.of("event.notification.batch.size", "20", "event.notification.format", "cloudevents")).callback().batchSize())
                .isEqualTo(20);
    }

    @Test
    void mergesAChangeKeyByKey() {
        var created = drafts.create(body(Map.of("my.key", "kept")));
        var stored = new Stored(new Instance(1, 1, "Name", List.of("t"), "46", true, Instant.EPOCH, false,
                Map.of(), Sample.reader().read(new Given(created.configuration()))), created.configuration());

        var changed = drafts.change(stored, json(
                "{\"configuration\":{\"event.poller.refresh_interval\":5,\"oauth.api.secret\":\"********\",\"my.key\":null}}"));

        assertThat(changed.name()).isEqualTo("Name");
        assertThat(changed.configuration()).containsEntry("event.poller.refresh_interval", "5")
                .containsEntry("oauth.api.secret", "secret").doesNotContainKey("my.key");
        assertThatThrownBy(() -> drafts.change(stored, json("{\"providerData\":{\"realmId\":\"47\"}}")))
                .hasMessageContaining("another company's");
    }

    private Instant start(Map<String, String> more, String start) {
        var configuration = new HashMap<String, Object>(more);
        configuration.put("event.poller.start", start);
        return events(configuration).start().at();
    }

    private void assertFault(String key, Object value, String fault) {
        assertThatThrownBy(() -> drafts.create(body(Map.of(key, value))))
                .isInstanceOf(ApiException.class).hasMessageContaining(fault);
    }

    private Events events(Map<String, Object> configuration) {
        var draft = drafts.create(body(configuration));
        return Sample.reader().read(new Given(draft.configuration()));
    }

    private static Map<String, Object> body(Map<String, Object> more) {
        var configuration = new HashMap<String, Object>(Map.of(
                "oauth.callback.url", "https;//mycoolapp.com", "oauth.api.key", "key", "oauth.api.secret", "secret",
                "scope", "com.intuit.quickbooks.accounting", "event.notification.enabled", true,
                "event.notification.callback.url", "https://8.8.8.8/hook", "event.poller.refresh_interval", "15"));
        configuration.putAll(more);
        return Map.of("element", Map.of("key", "quickbooks"), "name", "Name", "configuration", configuration,
                "providerData", Map.of("code", "code", "realmId", "46"));
    }

    private static Object json(String text) {
        try {
            return new ObjectMapper().readValue(text, Map.class);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
