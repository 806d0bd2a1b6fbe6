// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import qboevents.simulator.Call;
import qboevents.simulator.Fault;
import qboevents.simulator.Ledger;
import qboevents.testing.ApiClient;
import qboevents.testing.ApiClient.Reply;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** QuickBooks' records, read by a receiver that has no QuickBooks credentials. */
class HubTest {

    private static Scene scene;
    private static int companies;

    @BeforeAll
    static void start() {
        scene = Scene.on(TestDatabase.H2, "quickbooks.api.timeout=2s");
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @AfterEach
    void mend() {
        scene.quickBooks.clearFaults();
    }

    /** A company and a client with its token. */
    private record Connected(String realm, long id, ApiClient client) {

        static Connected company(Map<String, ?> configuration) {
            var realm = "46208" + ++companies;
            var platform = ApiClient.platform(scene.service());
            var created = platform.send("POST", "/instances", TestService.connecting(
                    realm, scene.quickBooks.authorize(realm), scene.receiver.url(), configuration)).json();
            return new Connected(realm, created.get("id").asLong(), platform.element(created.get("token").asText()));
        }

        static Connected company() {
            return company(Map.of("event.notification.enabled", "false"));
        }

        Ledger books() {
            return scene.quickBooks.ledger(realm);
        }

        Reply get(String path) {
            return client.get("/hubs/finance/" + path);
        }

        List<String> ids(String path) {
            return idsOf(get(path));
        }

        static List<String> idsOf(Reply page) {
            return StreamSupport.stream(page.json().spliterator(), false).map(each -> each.path("Id").asText()).toList();
        }

        long queries() {
            return scene.quickBooks.calls().count(Call.Kind.QUERY, realm);
        }
    }

    @Test
    void tellsARecordAsQuickBooksKeepsIt() {
        var company = Connected.company();
        var invoice = company.books().create("Invoice");

        var answer = company.get("invoices/" + invoice.id());

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(company.books().read("Invoice", invoice.id()).orElseThrow());
        assertThat(answer.header("Authorization")).isEmpty();
        assertThat(company.get("invoices/" + invoice.id() + "|0").json()).as("as a notification names it").isEqualTo(answer.json());
        assertThat(company.get("invoice/" + invoice.id()).json()).isEqualTo(answer.json());
        assertThat(company.get("Invoice/" + invoice.id()).json()).isEqualTo(answer.json());
    }

    @Test
    void showsInactiveRecordsToo() {
        var company = Connected.company();
        var customer = company.books().create("Customer");
        company.books().deactivate("Customer", customer.id());

        assertThat(company.get("customers/" + customer.id()).json().get("Active").asBoolean()).isFalse();
        assertThat(company.ids("customers")).containsExactly(customer.id());
    }

    @Test
    void tellsWhenThereIsNoSuchRecord() {
        var company = Connected.company();
        var invoice = company.books().create("Invoice");
        company.books().delete("Invoice", invoice.id());

        assertError(company.get("invoices/" + invoice.id()), 404, "no Invoice of this id");
        assertError(company.get("invoicez/1"), 404, "did you mean invoices?");
        assertError(company.get("invoicez"), 404, "bill-payments, bills");
    }

    /** Camel makes nothing of this word where it calls a bean. */
    @Test
    void takesTheWordNullForAnyOther() {
        var company = Connected.company();

        assertError(company.get("invoices/null"), 404, "no Invoice of this id");
        assertError(company.get("null"), 404, "There is no resource of this name; there are bill-payments, bills");
        assertError(company.get("null/null"), 404, "There is no resource of this name");
        assertError(company.get("invoices/null?pageSize=1"), 400, "pageSize is not offered");
        assertError(company.get("null%7C0/1"), 404, "There is no resource of this name");
        assertError(company.get("invoices/null%7C0"), 404, "no Invoice of this id");
    }

    @Test
    void pagesThroughAllRecordsWhileOneIsDeleted() {
        var company = Connected.company();
        var first = company.books().create("Bill", 2);
        scene.clock.advance(Duration.ofSeconds(3));
        var second = company.books().create("Bill", 4);
        scene.clock.advance(Duration.ofSeconds(3));
        var third = company.books().create("Bill", 3);

        var seen = new ArrayList<String>();
        var page = company.get("bills?pageSize=3");
        assertThat(page.header("Elements-Returned-Count")).hasValue("3");
        assertThat(page.header("Elements-Total-Count")).as("not known").isEmpty();
        company.books().delete("Bill", first.get(0).id());
        while (true) {
            seen.addAll(Connected.idsOf(page));
            var next = page.header("Elements-Next-Page-Token");
            if (next.isEmpty()) {
                break;
            }
            page = company.get("bills?pageSize=3&nextPageToken=" + next.get());
        }

        var expected = Stream.of(first, second, third).flatMap(List::stream).map(each -> each.id()).toList();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void countsWhatOnePageHolds() {
        var company = Connected.company();
        company.books().create("Vendor", 3);

        var answer = company.get("vendors");

        assertThat(answer.json()).hasSize(3);
        assertThat(answer.header("Elements-Total-Count")).hasValue("3");
        assertThat(answer.header("Elements-Next-Page-Token")).isEmpty();
        assertThat(company.get("bills").text()).isEqualTo("[]");
    }

    @Test
    void selectsByTheLastUpdate() {
        var company = Connected.company();
        var early = company.books().create("Invoice");
        scene.clock.advance(Duration.ofHours(1));
        var middle = company.books().create("Invoice");
        scene.clock.advance(Duration.ofHours(1));
        var late = company.books().create("Invoice");

        var from = middle.lastUpdated().toString();
        var until = late.lastUpdated().toString();
        assertThat(company.ids("invoices?where=lastModifiedDate>='" + from + "'")).containsExactly(middle.id(), late.id());
        assertThat(company.ids("invoices?where=MetaData.LastUpdatedTime>'" + from + "'")).containsExactly(late.id());
        assertThat(company.ids("invoices?where=updatedDate >= '" + from + "' AND updatedDate < '" + until + "'"))
                .containsExactly(middle.id());
        assertThat(company.ids("invoices?where=lastModifiedDate=" + from)).containsExactly(middle.id());
        assertThat(company.ids("invoices?where=lastModifiedDate<'" + from.replace("Z", "+00:00'"))).containsExactly(early.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TotalAmt>'10'", "lastModifiedDate>='soon'", "lastModifiedDate like '2026'", "x' OR Id='1",
        "lastModifiedDate>='2026-01-01' or lastModifiedDate<'2025-01-01'", "lastModifiedDate>='2026-01-01' and", "Id='1'",
        "lastModifiedDate>='2026-01-01' STARTPOSITION 5"})
    void passesNothingOnThatItDidNotUnderstand(String where) {
        var company = Connected.company();

        assertError(company.get("invoices?where=" + where), 400, "where must be conditions on the last update");
        assertThat(company.queries()).isZero();
    }

    @Test
    void namesAllFaultsAtOnce() {
        var answer = Connected.company().get("invoices?where=x&pageSize=0&nextPageToken=!&orderBy=Id");

        assertError(answer, 400, "where must be");
        assertThat(answer.message()).contains("pageSize must be", "nextPageToken is not one", "orderBy is not offered");
        assertError(Connected.company().get("invoices/1?fields=Id"), 400, "fields is not offered");
    }

    private record Trouble(String name, Fault fault, int status, String provider) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Trouble> troubles() {
        return Stream.of(
                new Trouble("refused", Fault.error(400, "4001", "Invalid query"), 400, "4001 - Invalid query"),
                new Trouble("refused in 200", Fault.error(200, "4001", "Invalid query"), 400, "4001 - Invalid query"),
                new Trouble("not found", Fault.error(400, "610", "Object Not Found"), 404, "610 - Object Not Found"),
                new Trouble("token refused", Fault.unauthorized(), 409, "3200"),
                new Trouble("forbidden", Fault.forbidden(), 403, "3100"),
                new Trouble("locked", Fault.error(400, "140", "Company locked"), 503, "140 - Company locked"),
                new Trouble("failed", Fault.status(500), 502, "10000"),
                new Trouble("failed in 200", Fault.faultInOk(), 502, "10000"),
                new Trouble("failed in HTML", Fault.status(502).inHtml(), 502, ""),
                new Trouble("HTML in 200", Fault.htmlInOk(), 502, "not JSON"),
                new Trouble("half a body", Fault.halfBody(), 502, "broke off"),
                new Trouble("reset", Fault.reset(), 502, null),
                new Trouble("silent", Fault.hang(), 504, null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void saysWhatQuickBooksSaid(Trouble trouble) {
        var company = Connected.company();
        company.books().create("Invoice");
        scene.quickBooks.fail(trouble.fault().forRealm(company.realm()));

        for (var path : List.of("invoices", "invoices/1")) {
            var answer = company.get(path);

            assertError(answer, trouble.status(), "");
            if (trouble.provider() == null) {
                assertThat(answer.json().has("providerMessage")).as(answer.text()).isFalse();
            } else {
                assertThat(answer.json().path("providerMessage").asText()).as(answer.text()).contains(trouble.provider());
            }
            assertThat(answer.text()).doesNotContain("<html", "Exception");
        }
    }

    @Test
    void leavesAThrottledCompanyAlone() {
        var company = Connected.company();
        var fault = scene.quickBooks.fail(Fault.throttled().withRetryAfter("90").forRealm(company.realm()));

        var first = company.get("invoices");
        fault.clear();
        var calls = company.queries();
        var second = company.get("invoices");

        assertError(first, 429, "no more calls");
        assertThat(first.json().get("providerMessage").asText()).contains("3001");
        assertThat(first.header("Retry-After")).hasValue("90");
        assertError(second, 429, "asked not to be called");
        assertThat(Long.parseLong(second.header("Retry-After").orElseThrow())).isBetween(60L, 90L);
        assertThat(company.queries()).as("nobody asked").isEqualTo(calls);
        scene.clock.advance(Duration.ofSeconds(91));
        assertThat(company.get("invoices").status()).isEqualTo(200);
    }

    @Test
    void renewsAnExpiredTokenForManyAtOnce() {
        var company = Connected.company();
        scene.clock.advance(Duration.ofMinutes(61));

        var answers = IntStream.range(0, 6).parallel().mapToObj(each -> company.get("invoices").status()).toList();

        assertThat(answers).containsOnly(200);
    }

    @Test
    void tellsThatTheUserHasToConnectAgain() {
        var company = Connected.company();
        scene.quickBooks.disconnect(company.realm());

        var answer = company.get("invoices");

        assertError(answer, 409, "PATCH /instances/" + company.id() + " with providerData.code");
        assertError(company.get("invoices"), 409, "authorize again");
    }

    @Test
    void asksWhoCalls() {
        var company = Connected.company();
        var platform = ApiClient.platform(scene.service());

        assertError(company.client().withoutAuthorization().get("/hubs/finance/invoices"), 401, "");
        assertError(platform.get("/hubs/finance/invoices"), 401, "Element <instance token>");
        assertError(platform.element("other").get("/hubs/finance/invoices"), 401, "");
        platform.send("DELETE", "/instances/" + company.id() + "/enabled", "");
        assertError(company.get("invoices"), 403, "disabled");
        assertError(company.get("invoices/1"), 403, "disabled");
        platform.send("DELETE", "/instances/" + company.id(), "");
        assertError(company.get("invoices"), 401, "deleted");
        assertError(company.client().send("POST", "/hubs/finance/invoices", "{}"), 405, "");
    }

    @Test
    void leavesNullsAwayUnlessTheyAreWanted() {
        var usual = Connected.company();
        var all = Connected.company(Map.of("event.notification.enabled", "false", "filter.response.nulls", false));
        for (var company : List.of(usual, all)) {
            var id = company.books().create("Invoice").id();
            company.books().update("Invoice", id, invoice -> invoice.putNull("DueDate").put("PrivateNote", "null"));
        }

        assertThat(usual.get("invoices/1").json().has("DueDate")).isFalse();
        assertThat(usual.get("invoices/1").json().get("PrivateNote").asText()).isEqualTo("null");
        assertThat(usual.ids("invoices")).containsExactly("1");
        assertThat(all.get("invoices/1").json().get("DueDate").isNull()).isTrue();
    }

    private static void assertError(Reply answer, int status, String message) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.message()).isNotBlank().contains(message);
        assertThat(answer.json().get("requestId").asText()).isEqualTo(answer.header("Elements-Request-Id").orElseThrow());
    }
}
