// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import qboevents.simulator.CallbackReceiver;
import qboevents.simulator.MovableClock;
import qboevents.simulator.QuickBooksSimulator;
import qboevents.simulator.Reply;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/** What the console shows when there is nothing, too much, or nobody who answers. */
@TestMethodOrder(OrderAnnotation.class)
class ConsoleTroubleTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int MANY = 3000;
    private static final Pattern PROGRESS = Pattern.compile("([\\d,]+) of 3,001");

    private static QuickBooksSimulator quickBooks;
    private static CallbackReceiver receiver;
    private static TestService service;
    private static Browser browser;

    @BeforeAll
    static void start() {
        var clock = MovableClock.running();
        quickBooks = new QuickBooksSimulator(clock);
        receiver = new CallbackReceiver();
        service = TestService.start(TestDatabase.H2.freshUrl(), clock, quickBooks,
                "events.polling.tick=* * * * * ?", "events.delivery.retry=1h", "spring.datasource.hikari.connection-timeout=6000");
        browser = new Browser("http://127.0.0.1:" + URI.create(service.base()).getPort());
        browser.open("/console/login").fill("user", TestService.USER_SECRET).fill("organization", TestService.ORGANIZATION_SECRET)
                .press("Log in").awaitText("Overview");
    }

    @AfterAll
    static void stop() {
        browser.close();
        service.close();
        receiver.close();
        quickBooks.close();
    }

    @Test
    @Order(1)
    void saysWhatIsEmptyAndWhereToBegin() {
        browser.awaitText("No company is connected yet. Connect one").awaitText("Nothing yet, which is good").look("overview-empty");
        assertThat(browser.text()).contains("None in this time");
        browser.open("/console/instances").awaitText("No company is connected yet. Connect one").look("instances-empty");
        browser.open("/console/instances?search=nobody").awaitText("No instance has this in its name or tags. Show all");
        browser.open("/console/events").awaitText("Nothing has happened yet; what does appears here by itself").look("events-empty");
        browser.open("/console/events?status=QUEUED").awaitText("No event is like this. Show all");
        browser.open("/console/held").awaitText("Nothing is held").look("held-empty");

        var id = service.connect(quickBooks, "8100", receiver.url(), Map.of("event.vendor.type", "webhook"));
        browser.open("/console/instances/" + id).awaitText("Nothing is polled").awaitText("None in this time");
        browser.open("/console/held/deliveries?instance=" + id);
        assertThat(browser.source()).contains("Nothing of it is held any more");
        service.call("DELETE", "/instances/" + id, "");
    }

    @Test
    void saysThatNobodyAnswersUntilSomebodyDoes() {
        var id = service.connect(quickBooks, "8101", receiver.url(), Map.of("event.poller.refresh_interval", "0.02", "event.poller.urls", "bills"));
        browser.open("/console/events?instance=" + id).awaitText("No event is like this");
        quickBooks.ledger("8101").create("Bill");
        browser.awaitRow("bills", "1|0", "delivered");

        browser.line(false);
        browser.awaitTrouble("The service does not answer. This page shows what it knew last, and asks again by itself.").look("away");
        assertThat(browser.text()).contains("1|0");
        quickBooks.ledger("8101").create("Bill");
        browser.line(true);

        browser.awaitTrouble("").awaitRow("bills", "2|0", "delivered");
    }

    @Test
    void namesTheRouteThatDoesNotRunAndShowsThePageWhenItDoes() throws Exception {
        var routes = service.bean(CamelContext.class).getRouteController();
        browser.open("/console/events?status=NOTIFIED");
        routes.stopRoute("console-events");

        browser.awaitTrouble("The route console-events, which tells this, does not run");
        browser.open("/console/events?status=NOTIFIED").awaitText("That did not work").awaitText("see routes/ and start it again").look("stopped");
        routes.startRoute("console-events");

        browser.press("Try again").awaitText("Event log");
        assertThat(browser.path()).isEqualTo("/console/events?status=NOTIFIED");
        assertThat(browser.trouble()).isEmpty();
    }

    @Test
    void waitsForADatabaseThatIsSlowAndDrawsAPageWithoutOne() throws Exception {
        browser.open("/console/events");
        var pool = service.bean(HikariDataSource.class);
        var taken = allOf(pool);

        browser.awaitTrouble("The service is slow; its answer is waited for.");
        browser.open("/console/held").awaitText("The database cannot be used at the moment; try again").look("without-database");
        assertThat(browser.script("return performance.getEntriesByName(document.querySelector('.brand img').src)[0].responseStatus"))
                .as("files need no database").isEqualTo(200L);
        for (var each : taken) {
            each.close();
        }

        browser.press("Try again").awaitText("Held and dead letters");
        assertThat(browser.path()).isEqualTo("/console/held");
    }

    private static List<Connection> allOf(HikariDataSource pool) throws SQLException {
        var taken = new ArrayList<Connection>();
        while (taken.size() < pool.getMaximumPoolSize()) {
            taken.add(pool.getConnection());
        }
        return taken;
    }

    @Test
    void releasesALongBacklogAndTellsHowFarItIs() {
        receiver.forget();
        receiver.answer(Reply.status(410));
        var id = service.connect(quickBooks, "8102", receiver.url(), Map.of("event.poller.refresh_interval", "0.02",
                "event.poller.urls", "bills,vendors", "event.notification.batch.size", 1));
        quickBooks.ledger("8102").create("Vendor");
        browser.open("/console/events?instance=" + id).awaitRow("vendors", "held");
        quickBooks.ledger("8102").create("Bill", MANY);
        browser.reloadUntil("/console/held", "3,001 notifications are kept");
        var taken = new AtomicInteger();
        receiver.forget();
        receiver.answer(received -> taken.incrementAndGet() <= MANY / 3 ? Reply.ok() : Reply.ok().after(Duration.ofSeconds(10)));

        browser.press("Release all…").awaitText("3,001 notifications are sent, the oldest first").press("Release");
        browser.awaitText("1,000 of 3,001").look("releasing");
        var seen = PROGRESS.matcher(browser.text());
        assertThat(seen.find()).isTrue();
        receiver.answerOk();

        browser.awaitText("All released notifications are delivered: 3,001 of 3,001");
        receiver.await(SOON, each -> each.events().stream().map(event -> event.objectId()).distinct().count() >= MANY);
        assertThat(receiver.count()).as("each of them once").isEqualTo(MANY + 1);
        service.call("DELETE", "/instances/" + id, "");
    }

    @Test
    void tellsWhenWhatWasReleasedIsRefusedAgain() {
        receiver.answer(Reply.status(410));
        var id = service.connect(quickBooks, "8103", receiver.url(), Map.of("event.poller.refresh_interval", "0.02",
                "event.poller.urls", "bills", "event.notification.batch.size", 1));
        quickBooks.ledger("8103").create("Bill", 4);
        browser.reloadUntil("/console/held", "4 notifications are kept");

        browser.script("document.querySelector('input[value=\"" + id + "\"]').click()");
        browser.press("Release chosen…").awaitText("4 notifications are sent").press("Release");

        browser.awaitText("Released and delivered: 0 of 4.").awaitText("Held again, or still: 4.").press("Look why").awaitText("the receiver is gone for good");
        service.call("DELETE", "/instances/" + id, "");
    }
}
