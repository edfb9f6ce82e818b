package cn.plumbline.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.PageLoadStrategy;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** One Chromium with a profile of its own: another reader, with another session. */
final class Browser implements AutoCloseable {

    /** Nothing on a page may take longer, on a busy machine. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    static final Dimension WIDE = new Dimension(1440, 900);
    static final Dimension NARROW = new Dimension(390, 844);

    private final String address;
    private final Path profile;
    private final ChromeDriver driver;

    private Browser(String address, Path profile, ChromeDriver driver) {
        this.address = address;
        this.profile = profile;
        this.driver = driver;
    }

    /** A new browser that reads the application at an address. */
    static Browser open(String address) {
        try {
            Path profile = Files.createTempDirectory("plumbline-browser-");
            // Both are named, so that Selenium looks for nothing and downloads nothing.
            ChromeDriverService service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                    .usingAnyFreePort()
                    .withEnvironment(Map.of("LANGUAGE", "zh_CN"))
                    .build();
            return new Browser(address, profile, new ChromeDriver(service, options(profile)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ChromeOptions options(Path profile) {
        ChromeOptions options = new ChromeOptions();
        // Scripts have run then; pictures and streams need not be waited for.
        options.setPageLoadStrategy(PageLoadStrategy.EAGER);
        options.setBinary("/usr/bin/chromium");
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        return options;
    }

    /**
     * Sets the size of what a page has to fill. Chromium's windows have a least width, so the device's screen is set
     * instead.
     */
    Browser sized(Dimension size) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", size.getWidth(), "height", size.getHeight(), "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    Browser signedInAs(String account) {
        visit("/login");
        type(By.id("username"), account);
        type(By.id("password"), account);
        click(By.cssSelector("main button.primary"));
        await(page -> page.findElements(By.id("main")).size() == 1
                && !page.getCurrentUrl().contains("/login"));
        return this;
    }

    Browser visit(String path) {
        driver.get(address + path);
        return this;
    }

    String url() {
        return driver.getCurrentUrl();
    }

    WebDriver page() {
        return driver;
    }

    WebElement find(By by) {
        return await(page -> page.findElement(by));
    }

    List<WebElement> all(By by) {
        return driver.findElements(by);
    }

    String text(By by) {
        return await(page -> page.findElement(by).getText());
    }

    /** Waits until an element says something. */
    void awaitText(By by, String text) {
        await(page -> page.findElement(by).getText().contains(text));
    }

    void awaitUrl(String part) {
        await(page -> page.getCurrentUrl().contains(part));
    }

    void click(By by) {
        WebElement element = find(by);
        script("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
    }

    void type(By by, String text) {
        WebElement element = find(by);
        element.clear();
        element.sendKeys(text);
    }

    /** Fills a field whose keys mean something else to a browser, such as that of a date. */
    void set(By by, String value) {
        script(
                "arguments[0].value = arguments[1];"
                        + "arguments[0].dispatchEvent(new Event('input', {bubbles: true}));"
                        + "arguments[0].dispatchEvent(new Event('change', {bubbles: true}));",
                find(by),
                value);
    }

    Object script(String script, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    /** The id of the element that has the focus, empty when it has none. */
    String focused() {
        return String.valueOf(script("return document.activeElement.id"));
    }

    /** How far the page reaches beyond the screen's right edge, in pixels. */
    long overflow() {
        return ((Number) script("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .longValue();
    }

    <T> T await(Function<WebDriver, T> condition) {
        try {
            return new WebDriverWait(driver, LIMIT, Duration.ofMillis(50))
                    .ignoring(StaleElementReferenceException.class)
                    .ignoring(NoSuchElementException.class)
                    .until(condition);
        } catch (TimeoutException e) {
            throw new AssertionError(url() + " says:\n" + script("return document.body.innerText"), e);
        }
    }

    /** Asserts that the console has no error, refusals of the content security policy included. */
    void assertQuietConsole() {
        assertThat(driver.manage().logs().get(LogType.BROWSER).getAll())
                .filteredOn(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .extracting(LogEntry::getMessage)
                .isEmpty();
    }

    /** Keeps a picture of the screen where the system property {@code plumbline.pictures} says. */
    void picture(String name) {
        String directory = System.getProperty("plumbline.pictures");
        if (directory != null) {
            try {
                Files.createDirectories(Path.of(directory));
                Files.write(Path.of(directory, name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // Chromium may still be tidying its profile up; it lies among the machine's temporary files.
        }
    }
}
