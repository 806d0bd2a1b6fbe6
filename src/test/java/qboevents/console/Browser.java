// SPDX-License-Identifier: Apache-2.0
package qboevents.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.FluentWait;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Debian's Chromium, without a window, and what a human does with it. */
final class Browser implements AutoCloseable {

    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    static final boolean PICTURES = "write".equals(System.getProperty("screenshots"));
    private static final Path DOCS = Path.of("src/docs/console");
    private static final List<String> DOCUMENTED = List.of("login", "overview", "overview-dark", "overview-empty", "connect-filled",
            "connect-refused", "created", "instances", "instance", "instance-phone", "docs", "edit", "delete", "events", "events-phone", "event",
            "held", "release", "releasing", "released", "error", "stopped", "away", "without-database");
    private static final Path TO_LOOK_AT = Path.of("target/screenshots");
    private static final String UNSEEN = """
            const at = document.activeElement, style = getComputedStyle(at), place = at.getBoundingClientRect();
            const seen = at === document.body || parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none'
                && place.bottom > 0 && place.top < innerHeight && place.right > 0 && place.left < innerWidth;
            return seen ? null : at.outerHTML;
            """;
    private static final Duration SOON = Duration.ofSeconds(60); // costs nothing where the fact comes

    private final ChromeDriver driver;
    private final String root;

    Browser(String root) {
        // A machine with a JDK and Maven alone passes the tests; the gate has a browser, and says CI.
        Assumptions.assumeTrue("true".equals(System.getenv("CI")) || Files.exists(DRIVER) && Files.exists(CHROMIUM),
                "There is no " + CHROMIUM + " with its " + DRIVER + ": apt-get install chromium chromium-driver");
        var console = new LoggingPreferences();
        console.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--disable-background-networking", "--window-size=1280,900", "--force-prefers-reduced-motion", "--lang=en");
        options.setCapability("goog:loggingPrefs", console);
        this.driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(), options);
        this.root = root;
    }

    Browser open(String path) {
        driver.get(root + path);
        return this;
    }

    String path() {
        return driver.getCurrentUrl().replace(root, "");
    }

    String text() {
        return drawn(() -> driver.findElement(By.tagName("main")).getText());
    }

    private <T> T drawn(Supplier<T> look) {
        return patience().until(each -> look.get());
    }

    /**
     * The page may be drawn anew between a look for something and what is done with it. Chromium does not always call that a stale
     * element: "unhandled inspector error: Node with given id does not belong to the document" comes as what all its errors are.
     */
    private FluentWait<WebDriver> patience() {
        return new WebDriverWait(driver, SOON).ignoring(WebDriverException.class);
    }

    String source() {
        return driver.getPageSource();
    }

    /** What is below the label, or has it around. */
    WebElement field(String name) {
        return driver.findElement(By.name(name));
    }

    Browser fill(String name, String value) {
        var field = field(name);
        field.clear();
        field.sendKeys(value);
        return this;
    }

    /** Presses what has this text, a button or a link. */
    Browser press(String text) {
        var wanted = By.xpath("//*[self::button or self::a or self::summary][starts-with(normalize-space(.), '" + text + "')]");
        drawn(() -> {
            var found = ExpectedConditions.elementToBeClickable(wanted).apply(driver);
            if (found != null) {
                script("arguments[0].scrollIntoView({block: 'center'})", found);
                found.click();
            }
            return found;
        });
        return this;
    }

    Browser awaitText(String text) {
        patience().withMessage(() -> "'" + text + "' in:\n" + text())
                .until(each -> text().contains(text));
        return this;
    }

    /** A row of a table, not what may be chosen in a filter. */
    Browser awaitRow(String... texts) {
        patience().withMessage(() -> "a row with " + List.of(texts) + " in:\n" + text())
                .until(each -> all("main tbody tr").stream().map(WebElement::getText).anyMatch(row -> List.of(texts).stream().allMatch(row::contains)));
        return this;
    }

    /** Loads the page anew until it is there. */
    Browser reloadUntil(String path, String text) {
        patience().withMessage(() -> "'" + text + "' in:\n" + text())
                .until(each -> open(path).text().contains(text));
        return this;
    }

    Browser awaitPath(String beginning) {
        patience().withMessage(() -> beginning + ", but it is " + path() + ":\n" + text())
                .until(each -> path().startsWith(beginning));
        return this;
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Errors of scripts, and whatever the content security policy has stopped; it forgets them. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(each -> each.getLevel().intValue() >= Level.WARNING.intValue())
                .map(each -> each.getMessage()).toList();
    }

    /** Types where the focus is. */
    Browser type(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
        return this;
    }

    /** Presses Tab until the focus is there; on its way it has to be seen. */
    Browser tabTo(String css) {
        for (int presses = 0; presses < 90; presses++) {
            type(Keys.TAB);
            assertThat((String) script(UNSEEN)).as("what has the focus and does not show it").isNull();
            if ((Boolean) script("return document.activeElement.matches(arguments[0])", css)) {
                return this;
            }
        }
        throw new AssertionError("Tab does not come to " + css);
    }

    /** What somebody could press or fill in, and Tab passes over. */
    Object missedByTab() {
        script("Object.defineProperty(document, 'hidden', { value: true })"); // what is drawn anew would be met anew
        script("window.met = new Set(); document.activeElement.blur(); scrollTo(0, 0);"
                + "document.addEventListener('focusin', event => met.add(event.target))");
        int most = all("body *").size();
        for (int presses = 0; presses < most; presses++) {
            type(Keys.TAB);
            if (presses > 5 && (Boolean) script("return document.activeElement === document.body || document.activeElement.matches('.skip')")) {
                break;
            }
        }
        return script("return [...document.querySelectorAll('a[href], button, input, select, summary')]"
                + ".filter(each => each.checkVisibility() && !each.disabled && each.type !== 'hidden' && !met.has(each)).map(each => each.outerHTML)");
    }

    /** The browser's line, not the service's. */
    void line(boolean up) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.emulateNetworkConditions",
                Map.of("offline", !up, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** What stands above the page about what cannot be had; empty: nothing. */
    String trouble() {
        return drawn(() -> driver.findElement(By.id("trouble")).getText());
    }

    Browser awaitTrouble(String beginning) {
        patience().withMessage(() -> beginning + ", but it is: " + trouble())
                .until(each -> beginning.isEmpty() ? trouble().isEmpty() : trouble().startsWith(beginning));
        return this;
    }

    void forgetCookies() {
        driver.manage().deleteAllCookies();
    }

    /**
     * Holds the page against axe's rules, wide in light and on a phone in dark. When pictures are wanted, of all four they are taken
     * too: for the documentation, or only to be looked at.
     */
    Browser look(String name) {
        look(name, "", 1280, false);
        if (PICTURES) {
            look(name, "-dark", 1280, true);
            look(name, "-phone", 390, false);
        }
        look(name, "-phone-dark", 390, true);
        dark(false);
        asWideAsItIs();
        return this;
    }

    private void look(String name, String how, int width, boolean dark) {
        narrow(width);
        dark(dark);
        assertThat(Axe.faults(driver)).as(name + how).isEmpty();
        assertThat((Long) script("return document.documentElement.scrollWidth"))
                .as("%s: what is too wide is %s", name + how, script("return [...document.querySelectorAll('main *')]"
                        + ".filter(each => each.getBoundingClientRect().right > innerWidth + 1).map(each => each.outerHTML.slice(0, 80))[0]"))
                .isLessThanOrEqualTo(width);
        if (PICTURES) {
            save((DOCUMENTED.contains(name + how) ? DOCS : TO_LOOK_AT).resolve(name + how + ".png"), width);
        }
    }

    void dark(boolean dark) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features",
                List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    void narrow(int width) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", width < 600 ? 844 : 900, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    void asWideAsItIs() {
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    /** As much as the page has, but little more than a screen; of the form all. */
    private void save(Path file, int width) {
        driver.executeAsyncScript("setTimeout(arguments[0], 350)"); // plots are drawn anew a moment after the size has changed
        int most = file.endsWith("connect-filled.png") ? 2700 : width < 600 ? 1400 : 1100;
        var height = (Long) script("return Math.ceil(Math.min(document.body.getBoundingClientRect().height, arguments[0]))", most);
        var picture = driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true,
                "clip", Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Picture.small(Base64.getDecoder().decode((String) picture.get("data"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
