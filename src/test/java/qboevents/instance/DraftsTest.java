// SPDX-License-Identifier: Apache-2.0
package qboevents.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
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

    private final Drafts drafts = new Drafts(Sample.reader(), new CallbackAddresses(false), Sample.OAUTH1);

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
        "invoices|/hubs/finance/invoices?where=LastModifiedDate>=${date}||LastModifiedDate|yyyy-MM-dd'T'HH:mm:ssZ||CreatedDate|yyyy-MM-dd'T'HH:mm:ssZ\nbill-payments|/hubs/finance/bill-payments\nbills|/hubs/finance/bills||||||", "invoices\ninvoices|bill-paymentsbills\n"})
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
        assertFault("event.poller.configuration", "{", "must be a JSON object");
        assertFault("event.poller.configuration", Map.of("vendors", 7), "must hold a JSON object under vendors");
        assertFault("event.poller.configuration", Map.of("vendorz", Map.of()), "names vendorz, which no route offers (did you mean vendors?)");
    }

    @Test
    void takesThePollerConfigurationOfTheDocumentation() {
        var events = events(Map.of("event.poller.configuration", """
                {"customers":{
                  "url":"/hubs/finance/customers?where=lastModifiedDate>='${gmtDate:yyyy-MM-dd'T'HH:mm:ss'Z'}'",
                  "idField":"id","filterByUpdatedDate":true,"filterByCurrentDate":true,
                  "datesConfiguration":{"updatedDateField":"metaData.lastUpdatedTime","updatedDateFormat":"milliseconds",
                    "updatedDateTimezone":"GMT","createdDateField":"MetaData.CreateTime",
                    "createdDateFormat":"yyyy-MM-dd'T'HH:mm:ssXXX","createdDateTimezone":""},
                  "createdCheckTolerance":60,"pageSize":"200","pollDelay":600}}"""));

        assertThat(events.resources()).containsExactly("customers");
        assertThat(events.poller("customers")).isEqualTo(new Poller(Duration.ofMinutes(1), 200, Duration.ofMinutes(10), null));
        assertThat(events.poller("bills")).isEqualTo(new Poller(Duration.ofSeconds(10), 0, Duration.ZERO, null));
    }

    @Test
    void takesAnEntryThatIsCalledEventsForWhatItsUrlNames() {
        var copied = Map.of("url", "/hubs/finance/invoices?where=updatedTime>='${epoch}'", "pageSize", 7);

        assertThat(events(Map.of("event.poller.configuration", Map.of("events", copied))).poller("invoices").pageSize()).isEqualTo(7);
        assertFault("event.poller.configuration", Map.of("events", copied, "invoices", Map.of()), "two entries for invoices");
        assertFault("event.poller.configuration", Map.of("events", Map.of()), "events.url, which must name what is polled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hubs/finance/vendors", "/hubs/finance/vendor", "/hubs/finance/Vendors/",
        "/hubs/finance/vendors?where=MetaData.LastUpdatedTime>'${dateTimeZone:PST:yyyy-MM-dd}'",
        "/hubs/finance/vendors?where=updatedDate >= '${gmtDate:yyyy-MM-dd'T'HH:mm:ss'Z'}'",
        "/hubs/finance/vendors?where=last_updated>=${date}", "/hubs/finance/vendors?where=lastUpdated%3E%3D%27${epoch:s}%27"})
    void takesAUrlThatAsksForChanges(String url) {
        var poller = Map.of("vendors", Map.of("url", url));

        assertThat(events(Map.of("event.poller.configuration", poller)).resources()).containsExactly("vendors");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hubs/finance/bills", "/hubs/crm/vendors", "vendors", "https://example.com/hubs/finance/vendors",
        "/hubs/finance/vendors?where=Balance>'${gmtDate:yyyy}'", "/hubs/finance/vendors?where=lastModifiedDate>='2026-01-01'",
        "/hubs/finance/vendors?where=lastModifiedDate>='${gmtDate:yyyy}' and Active='true'",
        "/hubs/finance/vendors?where=lastModifiedDate<'${gmtDate:yyyy}'", "/hubs/finance/vendors?orderBy=Id",
        "/hubs/finance/vendors?where=lastModifiedDate>='${now}'"})
    void refusesAUrlThatAsksForAnythingElse(String url) {
        assertFault("event.poller.configuration", Map.of("vendors", Map.of("url", url)),
                "event.poller.configuration has vendors.url must be /hubs/finance/vendors");
        assertFault("event.poller.urls", "vendors|" + (url.startsWith("/") ? url : "/" + url), "event.poller.urls has vendors.url must be");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '=', value = {
        "idField=DocNumber=must be Id", "pageSize=0=from 1 to 1000", "pageSize=1001=from 1 to 1000", "pageSize=2.5=from 1 to 1000",
        "pageSize=many=from 1 to 1000", "pollDelay=-1=from 0 to 86400", "createdCheckTolerance=90000=from 0 to 86400",
        "filterByUpdatedDate=false=cannot be false", "filterByUpdatedDate=perhaps=must be true or false",
        "filterByCurrentDate=perhaps=must be true or false", "filterByUpdateDate=true=did you mean filterByUpdatedDate?",
        "refreshInterval=often=a number of minutes", "refreshInterval=0.01=below the floor of", "datesConfiguration=x=must be a JSON object"})
    void refusesByNameWhatItCannotDo(String member, String value, String fault) {
        assertFault("event.poller.configuration", Map.of("vendors", Map.of(member, value)), "has vendors." + member);
        assertFault("event.poller.configuration", Map.of("vendors", Map.of(member, value)), fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '=', value = {
        "updatedDateField=TxnDate=must be MetaData.LastUpdatedTime", "createdDateField=MetaData.LastUpdatedTime=must be MetaData.CreateTime",
        "updatedDateFormat=dd/MM/yyyy=which is how QuickBooks writes it", "createdDateTimezone=Mars=must be a time zone",
        "updatedDateFeld=x=did you mean"})
    void refusesDatesThatQuickBooksDoesNotHave(String member, String value, String fault) {
        assertFault("event.poller.configuration", Map.of("vendors", Map.of("datesConfiguration", Map.of(member, value))),
                "vendors.datesConfiguration." + member);
        assertFault("event.poller.configuration", Map.of("vendors", Map.of("datesConfiguration", Map.of(member, value))), fault);
    }

    @Test
    void refusesALineThatSaysMoreThanCanBeDone() {
        var line = "vendors|/hubs/finance/vendors|//vendor|TxnDate|yyyy|Mars|CreatedDate|milliseconds|GMT|more";

        assertFault("event.poller.urls", line, "vendors.xPathFilter which is not supported");
        assertFault("event.poller.urls", line, "vendors.datesConfiguration.updatedDateField must be");
        assertFault("event.poller.urls", line, "vendors.part 10 which is not supported");
    }

    @Test
    void pollsNotEverythingWhenTheOneResourceIsNotOfferedAnyMore() {
        var events = Sample.reader().read(new Given(Map.of("event.poller.configuration", "{\"deposits\":{}}")));

        assertThat(events.resources()).containsExactly("deposits");
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

    /** The operator hands all of it to an endpoint of his own, which no configuration can name. */
    @Test
    void needsNoCallbackWhereNothingIsPosted() {
        var elsewhere = Sample.eventsReader("direct:kafka");

        var without = elsewhere.read(new Given(Map.of("event.notification.enabled", "true", "event.notification.batch.size", "10")));
        assertThat(without.callback().url()).isNull();
        assertThat(without.callback().notificationSize(10)).isEqualTo(1);
        var given = new Given(Map.of("event.notification.enabled", "true", "event.notification.callback.url", "kafka:events"));
        elsewhere.read(given);
        assertThat(given.faults()).containsExactly("event.notification.callback.url must be an absolute http or https URL");
    }

    @Test
    void treatsEmptyTextsAsNotGiven() {
        var events = events(Map.of("event.notification.signature.key", "", "event.poller.urls", " ", "event.poller.start", ""));

        assertThat(events.callback().signatureKeys().at(Instant.EPOCH)).isEmpty();
        assertThat(events.resources()).isEmpty();
    }

    @Test
    void refusesUnknownEventKeysAndKeepsOthers() {
        for (var former : List.of("x", "null", "{\"k\":null}", "{\"k\":\"2030-01-01T00:00:00Z\"}")) {
            assertFault("event.notification.signature.key.former", former, "is not known");
        }
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
        assertThat(events(Map.of("event.notification.basic.username", "me", "event.notification.basic.password", " pass "))
                .callback().headers()).containsEntry("Authorization", "Basic bWU6IHBhc3Mg");
        for (var name : List.of("Host", "content-length", "Elements-Webhook-Signature", "webhook-id", "CamelHttpPath", "kafka.OVERRIDE_TOPIC")) {
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
        assertFault("filter.response.nulls", "maybe", "filter.response.nulls must be true or false");
        assertFault("event.poller.strategy", "guess", "must be one of auto, query, cdc");
        assertFault("authentication.type", "oauth1", "Intuit switched OAuth 1.0 off");
        assertThat(events(Map.of("event.notification.batch.size", "20", "event.notification.format", "cloudevents")).callback().batchSize())
                .isEqualTo(20);
    }

    @Test
    void mergesAChangeKeyByKey() {
        var created = drafts.create(body(Map.of("my.key", "kept")));
        var stored = new Stored(new Instance(1, 1, "Name", List.of("t"), "46", true, null, Instant.EPOCH, false,
                Map.of(), Sample.reader().read(new Given(created.configuration()))), created.configuration());

        var changed = drafts.change(stored, json(
                "{\"configuration\":{\"event.poller.refresh_interval\":5,\"oauth.api.secret\":\"********\",\"my.key\":null}}"));

        assertThat(changed.name()).isEqualTo("Name");
        assertThat(changed.configuration()).containsEntry("event.poller.refresh_interval", "5")
                .containsEntry("oauth.api.secret", "secret").doesNotContainKey("my.key");
        assertThat(drafts.change(stored, json("{\"tags\":[]}")).tags()).containsExactly("Name");
        assertThatThrownBy(() -> drafts.change(stored, json("{\"configuration\":{\"oauth.api.key\":null,\"oauth.api.secret\":\"\"}}")))
                .hasMessageContainingAll("oauth.api.key is required", "oauth.api.secret is required");
        assertThatThrownBy(() -> drafts.change(stored, json("{\"providerData\":{\"realmId\":\"47\"}}")))
                .hasMessageContaining("another company's");
        assertThatThrownBy(() -> drafts.change(stored, json("{\"name\":\"\",\"providerData\":\"code\",\"tags\":\"x\"}")))
                .hasMessageContainingAll("name must not be empty", "providerData must be a JSON object", "tags must be a list");
    }

    @Test
    void replacesAllButTheConnection() {
        var created = drafts.create(body(Map.of("my.key", "old", "event.notification.signature.key", "sign-me")));
        var stored = new Stored(new Instance(1, 1, "Name", List.of("t"), "46", true, null, Instant.EPOCH, false,
                Map.of(), Sample.reader().read(new Given(created.configuration()))), created.configuration());

        var replaced = drafts.replace(stored, json("""
                {"element":{"key":"quickbooks"},"name":"Other","configuration":{"oauth.callback.url":"https://x",
                 "oauth.api.key":"key2","oauth.api.secret":"********"}}"""));

        assertThat(replaced.name()).isEqualTo("Other");
        assertThat(replaced.tags()).containsExactly("Other");
        assertThat(replaced.realmId()).isEqualTo("46");
        assertThat(replaced.authenticates()).isFalse();
        assertThat(replaced.configuration()).containsOnly(Map.entry("oauth.callback.url", "https://x"),
                Map.entry("oauth.api.key", "key2"), Map.entry("oauth.api.secret", "secret"));
        assertThatThrownBy(() -> drafts.replace(stored, json("{\"providerData\":{\"realmId\":\"47\"}}")))
                .hasMessageContainingAll("element.key is required", "name is required", "oauth.api.key is required",
                        "oauth.api.secret is required", "oauth.callback.url is required", "another company's");
    }

    @Test
    void refusesAMaskThatStandsForNothing() {
        assertFault("event.notification.signature.key", "********", "event.notification.signature.key is masked");
    }

    @Test
    void readsHowACompanyIsConnected() {
        var old = new Drafts(Sample.reader(), new CallbackAddresses(false), new OAuth1Settings(
                URI.create("https://old/r"), URI.create("https://old/a"), URI.create("https://old/t")));
        var verified = "\"oauth_token\":\"t\",\"oauth_verifier\":\"v\",\"secret\":\"s\",\"realmId\":\"46\"";
        var created = old.create(with(verified));
        assertThat(created.grant()).hasValue(new OAuth1Grant("t", "s", "v"));
        assertThat(created.code()).isEmpty();
        assertThat(created.configuration()).containsEntry("authentication.type", "oauth1");
        assertThat(created.toString()).doesNotContain("v,");

        var stored = new Stored(new Instance(1, 1, "Name", List.of("t"), "46", true, null, Instant.EPOCH, false,
                Map.of(), Sample.reader().read(new Given(created.configuration()))), created.configuration());
        assertThat(old.change(stored, json("{\"name\":\"New\"}")).authenticates()).isFalse();
        assertThat(old.change(stored, json("{\"configuration\":{\"authentication.type\":\"oauth1\"}}")).authenticates()).isFalse();
        assertThat(old.change(stored, json("{\"providerData\":{" + verified + "}}")).grant()).isPresent();
        var moved = old.change(stored, json("{\"providerData\":{\"code\":\"c\"}}"));
        assertThat(moved.code()).hasValue("c");
        assertThat(moved.configuration()).containsEntry("authentication.type", "oauth2");
        assertThatThrownBy(() -> old.change(stored, json("{\"configuration\":{\"authentication.type\":\"oauth2\"}}")))
                .hasMessageContaining("providerData.code is required");
        assertThatThrownBy(() -> drafts.change(stored, json("{\"providerData\":{" + verified + "}}")))
                .hasMessageContaining("17 December 2019");
        assertThat(drafts.change(stored, json("{\"name\":\"New\"}")).authenticates()).isFalse();
        assertFault("authentication.type", "basic", "must be oauth2 or oauth1");

        var untouched = new HashMap<>(body(Map.of()));
        untouched.remove("providerData");
        assertThat(old.replace(stored, untouched).authenticates()).isFalse();
        assertThat(old.replace(stored, untouched).configuration()).containsEntry("authentication.type", "oauth1");
    }

    private static Object with(String providerData) {
        var body = new HashMap<>(body(Map.of()));
        body.put("providerData", json("{" + providerData + "}"));
        return body;
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
