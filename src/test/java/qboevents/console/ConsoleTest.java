// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import qboevents.simulator.CallbackReceiver;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.simulator.Reply;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** What an operator does, from logging in to the release of what was held. */
class ConsoleTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String KEY = "a-key-that-both-sides-know";
    private static final String SCRIPT = "<script>document.title='owned'</script>";
    private static final String IMAGE = "<img src=x onerror=document.title='owned'>";
    // Pictures are for the documentation, where nobody attacks.
    private static final String COMPANY = Browser.PICTURES ? "Acme Bakery" : "Acme " + SCRIPT;
    private static final String TAG = Browser.PICTURES ? "bakeries" : IMAGE;

    private static MovableClock clock;
    private static QuickBooksSimulator quickBooks;
    private static CallbackReceiver receiver;
    private static TestService service;
    private static Browser browser;

    @BeforeAll
    static void start() {
        clock = MovableClock.running();
        quickBooks = new QuickBooksSimulator(clock);
        receiver = new CallbackReceiver(KEY);
        service = TestService.start(TestDatabase.H2.freshUrl(), clock, quickBooks,
                "events.polling.tick=* * * * * ?", "events.delivery.retry=1h");
        browser = new Browser("http://127.0.0.1:" + URI.create(service.base()).getPort());
    }

    @AfterAll
    static void stop() {
        browser.close();
        service.close();
        receiver.close();
        quickBooks.close();
    }

    @BeforeEach
    void login() {
        browser.forgetCookies();
        receiver.answerOk();
        browser.open("/console/login").fill("user", TestService.USER_SECRET).fill("organization", TestService.ORGANIZATION_SECRET)
                .press("Log in");
        browser.awaitText("Overview");
    }

    @AfterEach
    void nothingWasStoppedOrOwned() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.source()).doesNotContain("<title>owned");
    }

    @Test
    void connectsACompanyAndShowsItsEventsAsTheyArrive() {
        quickBooks.choosing("8001");
        browser.open("/console/connect").look("connect");
        browser.fill("name", COMPANY).fill("oauth.api.key", "client").fill("oauth.api.secret", "client-secret")
                .fill("event.notification.callback.url", receiver.url())
                .fill("event.poller.refresh_interval", "0.02").fill("tags", "Docs, " + TAG)
                .press("Show optional fields").fill("event.notification.signature.key", KEY);
        browser.press("Select none").press("Raw JSON");
        browser.script("for (const name of ['customers', 'invoices']) document.querySelector(`input[value=${name}]`).click()");
        browser.awaitText("\"event.poller.urls\" : \"customers,invoices\"");
        assertThat(browser.text()).contains("<OPTIONAL_SIGNATURE_KEY>", "<REALMID>").doesNotContain(KEY, "client-secret");
        browser.press("Send test event").awaitText("Taken: answered 200").look("connect-filled");
        assertThat(receiver.forged()).isZero();

        browser.press("Create Instance").awaitPath("/console/instances/");

        browser.awaitText("Instance created").look("created");
        var token = browser.all("#token").get(0).getText();
        var id = browser.all("#id").get(0).getText();
        assertThat(browser.text()).contains(COMPANY, "Element " + token);
        browser.script("Object.defineProperty(navigator, 'clipboard', { value: undefined })"); // over http, by another name than localhost
        browser.all("[data-copy=token]").get(0).click();
        browser.awaitText("Copied");
        assertThat(browser.script("return getSelection().toString()")).isEqualTo(token);
        browser.open("/console/instances/" + id + "/created");
        assertThat(browser.text()).contains("shown once").doesNotContain(token);

        browser.open("/console/events?instance=" + id).awaitText("No event is like this");
        var made = quickBooks.ledger("8001").create("Customer");
        quickBooks.ledger("8001").update("Customer", made.id(), record -> record.put("DisplayName", COMPANY + TAG));
        browser.awaitRow("customers", made.id() + "|1", "delivered");
        browser.open("/console/events?object=" + made.id()).awaitRow(COMPANY);
        browser.open(eventOf(id)).awaitText(COMPANY + TAG).look("event");
        assertThat(browser.text()).contains("200", "As it is told");

        if (Browser.PICTURES) {
            new PictureBooks(service, quickBooks, receiver, clock).keep("8001", id);
        }
        browser.open("/console/events").awaitRow(COMPANY).look("events");
        browser.open("/console/instances/" + id).awaitText("active").awaitText("customers").look("instance");
        browser.open("/console/instances").awaitText(COMPANY).look("instances");
        browser.open("/console/instances/" + id + "/docs").awaitText("GET /instances/" + id + "/event-poller-records").look("docs");
        browser.open("/").awaitText("Events per minute").look("overview");
        service.call("DELETE", "/instances/" + id, "");
    }

    private static String eventOf(String instance) {
        return "/console/events/" + service.get("/instances/" + instance + "/events").json().get(0).get("id").asText();
    }

    @Test
    void tellsWhatIsWrongWithAFormAndWhatIntuitRefused() {
        browser.open("/console/connect").fill("name", "Wrong").fill("oauth.api.key", "client").fill("oauth.api.secret", "client-secret")
                .fill("event.poller.refresh_interval", "0");
        browser.press("Create Instance").awaitText("event.notification.callback.url is required")
                .awaitText("event.poller.refresh_interval is below the floor").look("connect-refused");
        assertThat(browser.field("name").getDomProperty("value")).isEqualTo("Wrong");

        browser.fill("event.notification.callback.url", "http://127.0.0.1:9/").fill("event.poller.refresh_interval", "15").press("Send test event").awaitText("Not taken: ");
        browser.open("/console/connected?code=mine&state=guessed&realmId=1");

        browser.awaitText("not asked in this session");
        browser.open("/console/connected?error=access_denied").awaitText("not asked in this session").look("error");
        assertThat(browser.complaints()).allMatch(each -> each.contains("status of 40"));
    }

    @Test
    void editsPausesAndDeletes() {
        var id = service.connect(quickBooks, "8002", receiver.url(), Map.of("event.notification.signature.key", KEY,
                "event.poller.refresh_interval", "1440", "event.vendor.type", "hybrid"));
        browser.open("/console/instances/" + id + "/edit").look("edit");
        browser.fill("name", "Renamed").fill("event.poller.refresh_interval", "30").press("Save");
        browser.awaitText("Changed.").awaitText("Reconciliation");
        assertThat(service.get("/instances/" + id).json().at("/configuration/event.notification.signature.key").asText()).isEqualTo("********");
        var before = receiver.count();
        browser.open("/console/instances/" + id + "/edit").press("Send test event").awaitText("signed");
        assertThat(receiver.count()).isEqualTo(before + 1);
        assertThat(receiver.forged()).isZero();

        browser.open("/console/instances/" + id).press("Poll now").awaitText("It is polled now");
        browser.press("Pause").awaitText("disabled").press("Enable").awaitText("It is polled and told again");
        quickBooks.choosing("8002");
        browser.press("Reconnect").awaitText("Connected again");
        quickBooks.choosing("8003");
        browser.press("Reconnect").awaitText("another company's");
        browser.open("/console/instances/" + id).press("Delete…").awaitText("cannot be taken back").look("delete").press("Delete").awaitText("is deleted");

        assertThat(service.get("/instances/" + id).status()).isEqualTo(404);
        assertThat(browser.complaints()).allMatch(each -> each.contains("status of 40"));
    }

    @Test
    void showsWhatIsHeldAndReleasesIt() {
        receiver.answer(Reply.status(410));
        var id = service.connect(quickBooks, "8004", receiver.url(), Map.of("event.notification.signature.key", KEY,
                "event.poller.refresh_interval", "0.02", "event.poller.urls", "bills", "event.notification.batch.size", 1));
        quickBooks.ledger("8004").create("Bill", 5);
        quickBooks.ledger("8004").create("Bill");
        browser.open("/console/events?instance=" + id).awaitRow("bills", "held", "the receiver is gone for good");
        browser.reloadUntil("/console/held", "the receiver is gone for good").press("Show").awaitText("the oldest first").look("held");

        receiver.answerOk();
        browser.press("Release all…").awaitText("notifications are sent").look("release").press("Release");

        browser.awaitText("All released notifications are delivered").look("released");
        receiver.await(SOON, each -> each.events().stream().filter(event -> event.objectType().equals("bills")).count() >= 6);
        browser.open("/console/held").awaitText("Nothing is held");
        var event = "/console/events/" + service.get("/instances/" + id + "/events").json().get(0).get("id").asText();
        var before = receiver.count();
        browser.open(event).press("Resend").awaitText("sent again");
        receiver.await(SOON, each -> each.count() > before);
    }

    @Test
    void asksToLogInAgainWhenTheSessionHasEnded() {
        browser.open("/console/held");
        browser.press("Log out").awaitText("You are logged out");
        browser.open("/console/events?status=QUEUED").awaitPath("/console/login?to=");
        browser.fill("user", "wrong").fill("organization", "wrong").press("Log in").awaitText("not the platform's two secrets").look("login");
        browser.fill("user", TestService.USER_SECRET).fill("organization", TestService.ORGANIZATION_SECRET).press("Log in");
        browser.awaitPath("/console/events?status=QUEUED");

        browser.open("/console/instances");
        browser.forgetCookies();
        browser.awaitPath("/console/login"); // the part that asks for itself is answered where to go
        assertThat(browser.complaints()).allMatch(each -> each.contains("401"));
    }

    @Test
    void needsNothingButAKeyboard() {
        quickBooks.choosing("8005");
        browser.forgetCookies();
        browser.open("/console/login").type(TestService.USER_SECRET, Keys.TAB, TestService.ORGANIZATION_SECRET, Keys.ENTER).awaitText("Overview");
        browser.tabTo(".skip").type(Keys.ENTER).tabTo("main a");
        browser.open("/").tabTo("nav a[href='/console/connect']").type(Keys.ENTER).awaitPath("/console/connect");

        browser.tabTo("[name=name]").type("By keys").tabTo("[name='oauth.api.key']").type("client")
                .tabTo("[name='oauth.api.secret']").type("client-secret").tabTo("[name=use_sandbox]").type(Keys.SPACE)
                .tabTo("[name='event.vendor.type']").type("Hyb").tabTo("[name='event.notification.callback.url']").type(receiver.url())
                .tabTo("summary").type(Keys.ENTER).tabTo("[name='event.notification.signature.key']").type(KEY)
                .tabTo("[data-tick=none]").type(Keys.ENTER).tabTo("[value=bills]").type(Keys.SPACE)
                .tabTo("[name=tags]").type("Docs").tabTo("[data-json] summary").type(Keys.SPACE);
        browser.awaitText("\"event.poller.urls\" : \"bills\"").tabTo("#json pre").tabTo("button.main").type(Keys.ENTER);

        browser.awaitText("Instance created");
        var instance = service.get("/instances/" + browser.all("#id").get(0).getText()).json();
        assertThat(instance.at("/configuration/event.vendor.type").asText()).isEqualTo("hybrid");
        assertThat(instance.at("/configuration/use_sandbox").asBoolean()).isTrue();
        for (var path : List.of("/", "/console/instances", "/console/instances/" + instance.get("id").asLong(), "/console/events", "/console/held",
                "/console/connect")) {
            assertThat(browser.open(path).missedByTab()).as(path).isEqualTo(List.of());
        }
    }
}
