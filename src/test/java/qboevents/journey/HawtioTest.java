// SPDX-License-Identifier: Apache-2.0
package qboevents.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static qboevents.journey.Scene.SOON;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;
import qboevents.testing.TestDatabase;
import qboevents.testing.TestService;

/**
 * An operator with a browser stops a route, and looks at the routes. {@code -Dscreenshots=write} puts the picture into the docs.
 * All of it happens in one page, one after the other, since to load it costs Chromium a quarter of a minute of a core.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HawtioTest {

    private static final File BROWSER = new File("/usr/bin/chromium");
    private static final Path PICTURE = Path.of("src/docs/hawtio.png");
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static Scene scene;
    private static ChromeDriver browser;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue("true".equals(System.getenv("CI")) || BROWSER.canExecute(), "Debian's chromium and chromium-driver are not installed");
        scene = Scene.on(TestDatabase.H2);
        var options = new ChromeOptions();
        options.setBinary(BROWSER);
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                "--disable-dev-shm-usage", "--window-size=1400,1000", "--force-prefers-reduced-motion");
        browser = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(new File("/usr/bin/chromedriver")).build(),
                options);
        routes();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.quit();
        }
        if (scene != null) {
            scene.close();
        }
    }

    private static String see(String xpath) {
        var visible = ExpectedConditions.visibilityOfElementLocated(By.xpath(xpath));
        return until("see " + xpath, each -> Optional.ofNullable(visible.apply(each)).map(WebElement::getText).orElse(null));
    }

    /** Hawtio draws everything anew now and then, so an element of a moment ago may be gone: that is looked at once more. */
    private static <T> T until(String wanted, Function<WebDriver, T> step) {
        return new WebDriverWait(browser, PATIENCE).ignoring(WebDriverException.class).withMessage(() -> wanted + "; " + shown())
                .until(step);
    }

    /** What a person would tell who does not find a thing in the page. */
    private static String shown() {
        try {
            return browser.getCurrentUrl() + " shows: " + browser.findElement(By.tagName("body")).getText() + "\nIts console: "
                    + browser.manage().logs().get(LogType.BROWSER).getAll();
        } catch (WebDriverException gone) {
            return "the page does not answer: " + gone.getRawMessage();
        }
    }

    private static void click(String xpath) {
        var clickable = ExpectedConditions.elementToBeClickable(By.xpath(xpath));
        until("click " + xpath, each -> {
            var element = clickable.apply(each);
            if (element != null) {
                element.click();
            }
            return element;
        });
    }

    private static void routes() {
        var server = scene.service().base().replace("/elements/api-v2", "");
        // Chromium gives the secrets of the address when it is asked for them, and goes on giving them then. This page is a small one.
        browser.get(server.replace("//", "//" + TestService.USER_SECRET + ":" + TestService.ORGANIZATION_SECRET + "@")
                + "/actuator/jolokia/version");
        browser.get(server + "/actuator/hawtio/camel/attributes"); // not the diagram of all routes, which another test draws
    }

    private static void draw(String node) {
        click("//*[contains(@class,'tree-view')]//*[text()='" + node + "']");
        click("//a[normalize-space()='Route Diagram']");
    }

    /** Hawtio adds each drawing to the one before. */
    private static int steps() {
        return browser.findElements(By.className("camel-node-content")).size();
    }

    @Test
    @Order(2)
    void drawsARouteWithAnErrorHandlerOfItsOwn() throws IOException {
        draw("deliver");

        var first = see("(//*[contains(@class,'camel-node-content')])[1]");

        assertThat(first).contains("direct:");
        assertThat(steps()).isGreaterThan(5);
        picture();
    }

    @Test
    @Order(3)
    void drawsAllRoutesAtOnce() {
        draw("routes");

        // Present, not seen: which of a thousand are in the window is Hawtio's to choose.
        await().atMost(SOON).until(HawtioTest::steps, number -> number > 500);
    }

    @Test
    @Order(1)
    void stopsThePollingOfAResourceAndTheApiSaysSo() {
        var company = scene.connect("bills", "invoices").poll();
        click("//*[contains(@class,'tree-view')]//*[text()='bills']");
        click("//*[text()='Operations']");

        execute("stop()");

        await().atMost(SOON).untilAsserted(() -> assertThat(state("bills")).isEqualTo("stopped"));
        assertThat(state("invoices")).isEqualTo("started");
        var records = scene.service().get("/instances/" + company.id() + "/event-poller-records").json();
        assertThat(records).filteredOn(each -> each.get("stopped").asBoolean()).extracting(each -> each.get("resource").asText())
                .containsExactly("bills");
        var bill = company.books().create("Bill");
        var invoice = company.books().create("Invoice");
        company.ask("bills");
        company.poll("invoices").awaitTold(Company.word("invoices", invoice));

        execute("start()");

        company.awaitTold(Company.word("invoices", invoice), Company.word("bills", bill));
        assertThat(state("bills")).isEqualTo("started");
    }

    /** Hawtio folds an operation up again when it draws the list anew, as it does when a route has stopped. */
    private static void execute(String operation) {
        var toggle = By.xpath("//button[starts-with(@aria-labelledby,'operation " + operation + " ')]");
        var button = By.xpath("./ancestor::li[1]//button[normalize-space()='Execute']");
        until("execute " + operation, each -> {
            var folded = browser.findElement(toggle);
            boolean open = "true".equals(folded.getAttribute("aria-expanded"));
            (open ? folded.findElement(button) : folded).click();
            return open;
        });
    }

    private static String state(String route) {
        for (var each : scene.service().get("/routes").json().get("routes")) {
            if (each.get("id").asText().equals(route)) {
                return each.get("state").asText();
            }
        }
        throw new AssertionError("There is no route " + route);
    }

    /** For the documentation, when it is wanted. */
    private static void picture() throws IOException {
        if ("write".equals(System.getProperty("screenshots"))) {
            browser.executeAsyncScript("setTimeout(arguments[0], 1500)"); // the drawing is moved into the window
            Files.write(PICTURE, browser.getScreenshotAs(OutputType.BYTES));
        }
    }
}
