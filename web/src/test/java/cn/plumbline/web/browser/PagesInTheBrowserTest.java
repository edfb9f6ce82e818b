package cn.plumbline.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** What a reader and a clerk do on the pages, in a real Chromium against the real application with its sample. */
@Tag("browser")
class PagesInTheBrowserTest {

    private static final By COVERED = By.id("figure-covered");
    private static final By BLIND = By.id("figure-blind");
    private static final By RATE = By.id("figure-rate");
    private static final By AS_OF = By.id("asOf");
    private static final By SUBMIT = By.cssSelector("button.submit");

    private static RunningApplication application;
    private Browser clerk;

    @BeforeAll
    static void start() {
        application = RunningApplication.start();
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void signIn() {
        clerk = Browser.open(application.address()).sized(Browser.WIDE).signedInAs("clerk");
    }

    @AfterEach
    void leave() {
        clerk.close();
    }

    /** Slides to a day as a hand would: the slider's value changes, and the slider tells. */
    private static void slideTo(Browser browser, String day) {
        browser.script(
                "const slider = document.getElementById('slider');"
                        + "slider.value = Math.round(Date.parse(arguments[0] + 'T00:00:00Z') / 86400000);"
                        + "slider.dispatchEvent(new Event('input', {bubbles: true}));"
                        + "slider.dispatchEvent(new Event('change', {bubbles: true}));",
                day);
    }

    @Nested
    class OnTheCoverageMap {

        @Test
        void theReformShowsAsASlideThroughTimeAndAsAnUpdateFromAnotherBrowser() {
            clerk.visit("/");
            clerk.awaitUrl("/coverage");
            clerk.awaitText(COVERED, "84");
            assertThat(clerk.text(RATE)).isEqualTo("100.00%");
            assertThat(clerk.text(BLIND)).isEqualTo("0");
            assertThat(clerk.text(By.cssSelector("#kinds [data-kind=GROUPED]"))).contains("17", "64");
            clerk.find(By.cssSelector("#heatmap canvas"));
            clerk.picture("coverage-map");

            slideTo(clerk, "2014-12-31");
            clerk.awaitText(COVERED, "44");
            assertThat(clerk.text(RATE)).isEqualTo("52.38%");
            assertThat(clerk.text(BLIND)).isEqualTo("40");
            assertThat(clerk.all(By.cssSelector("#blind-spots tbody tr"))).hasSize(40);
            assertThat(clerk.url()).contains("asOf=2014-12-31");
            clerk.script("window.notReloaded = true");
            clerk.await(page -> page.findElement(By.id("live"))
                    .getDomAttribute("data-state")
                    .equals("on"));

            try (Browser second =
                    Browser.open(application.address()).sized(Browser.WIDE).signedInAs("clerk2")) {
                establish(second, "派驻-053-前", "自治区纪委驻区直单位-053筹备纪检组", "053");
                second.awaitText(By.id("recorded"), "已录入");
                second.assertQuietConsole();

                clerk.awaitText(COVERED, "45");
                assertThat(clerk.text(BLIND)).isEqualTo("39");
                assertThat(clerk.script("return window.notReloaded")).isEqualTo(true);
                clerk.assertQuietConsole();

                second.click(By.cssSelector("#recorded-records a[href*='group']"));
                second.awaitUrl("/records/");
                assertThat(second.text(By.id("history"))).contains("设立派驻机构", "clerk2", "单独派驻", "区直单位-053");
                second.assertQuietConsole();
            }
        }

        private void establish(Browser browser, String id, String name, String unit) {
            browser.visit("/record/EstablishDispatchGroup");
            browser.type(By.id("f-groupId"), id);
            browser.find(By.cssSelector("#f-kind option[value=STANDALONE]")).click();
            browser.type(By.id("f-name"), name);
            browser.type(By.id("f-residentUnitId"), unit);
            browser.type(By.id("f-unitIds-0"), unit);
            browser.set(By.id("f-effectiveFrom"), "2014-01-01");
            browser.set(By.id("f-effectiveTo"), "2015-11-13");
            browser.type(By.id("f-basis-0-docNo"), "内党办发〔2013〕1号");
            browser.click(SUBMIT);
        }

        @Test
        void theDateFieldAndTheDaysOfChangeMoveTheMapToo() {
            clerk.visit("/coverage");
            clerk.awaitText(COVERED, "84");
            clerk.set(AS_OF, "2012-10-31");
            clerk.awaitText(By.id("figure-total"), "0");
            clerk.click(By.id("next"));
            clerk.awaitText(By.id("figure-total"), "84");
            clerk.awaitText(COVERED, "44");
            clerk.click(By.id("play"));
            clerk.awaitText(COVERED, "84");
            clerk.await(page -> page.findElement(By.id("play"))
                    .getDomAttribute("aria-pressed")
                    .equals("false"));
            clerk.assertQuietConsole();
        }

        @Test
        void whatWasKnownEarlierIsShownByPosition() {
            clerk.visit("/coverage?asOf=2015-12-30&knownAt=87");
            clerk.awaitText(By.id("figure-total"), "84");
            clerk.awaitText(COVERED, "0");
            assertThat(clerk.find(By.id("live")).getDomAttribute("data-state")).isEqualTo("off");
            clerk.visit("/coverage?asOf=2015-12-30&knownAt=0");
            clerk.awaitText(By.id("figure-total"), "0");
            clerk.assertQuietConsole();
        }

        @Test
        void aComparisonTellsWhatIsNewlyCovered() {
            clerk.visit("/coverage?asOf=2015-12-30&comparedTo=2013-06-30");
            assertThat(clerk.text(By.id("compared-newlyCovered"))).contains("40");
            assertThat(clerk.text(By.id("compared-movedFromLegacy"))).contains("44");
        }

        @ParameterizedTest
        @ValueSource(ints = {1280, 390})
        void theHeadsOfTheEnglishMatrixStandUprightAndWhole(int width) {
            clerk.sized(new Dimension(width, 900)).visit("/coverage?asOf=2015-12-30&lang=en");
            clerk.find(By.cssSelector("#heatmap canvas"));
            assertThat(clerk.script("const axis = echarts.getInstanceByDom(document.getElementById('heatmap'))"
                            + ".getOption().xAxis[0].axisLabel; return (axis.rotate || 0) + ' ' + axis.interval"))
                    .isEqualTo("0 0");
            // No word of a head is wider than its column.
            assertThat(clerk.script("const chart = echarts.getInstanceByDom(document.getElementById('heatmap'));"
                            + "const option = chart.getOption(); const label = option.xAxis[0].axisLabel;"
                            + "const pen = document.createElement('canvas').getContext('2d');"
                            + "pen.font = `${label.fontSize}px ${label.fontFamily}`;"
                            + "return option.xAxis[0].data.flatMap((head) => head.split(' '))"
                            + ".filter((word) => pen.measureText(word).width > label.width)"))
                    .isEqualTo(List.of());
            assertThat(clerk.overflow()).isZero();
            clerk.picture("matrix-en-" + width);
        }

        @Test
        void theTableBehindThePictureHasTheSameNumbers() {
            clerk.visit("/coverage?asOf=2015-12-30");
            clerk.click(By.cssSelector("#matrix-details summary"));
            assertThat(clerk.text(By.cssSelector("#matrix-table tbody tr:nth-child(2)")))
                    .contains("政府部门", "19", "25", "44");
        }
    }

    @Nested
    class InAForm {

        @Test
        void aRefusalStandsAtItsFieldAndTakesTheFocus() {
            clerk.visit("/record/AddUnitToGroup");
            clerk.type(By.id("f-groupId"), "派驻-028");
            clerk.type(By.id("f-groupId"), "派驻-001");
            clerk.type(By.id("f-unitId"), "010");
            clerk.set(By.id("f-effectiveFrom"), "2016-01-01");
            clerk.type(By.id("f-basis-0-docNo"), "文件-1");
            clerk.click(SUBMIT);
            clerk.awaitText(By.id("summary"), "UNIT_ALREADY_COVERED");
            clerk.await(page -> clerk.focused().equals("summary"));
            assertThat(clerk.text(By.id("f-unitId-error"))).contains("已有派驻", "自治区纪委驻工商行政管理局纪检组");
            assertThat(clerk.find(By.id("f-unitId")).getDomAttribute("aria-invalid"))
                    .isEqualTo("true");
            assertThat(clerk.find(By.id("f-unitId")).getDomAttribute("aria-describedby"))
                    .contains("f-unitId-error");
            assertThat(clerk.find(By.id("f-groupId")).getDomProperty("value")).isEqualTo("派驻-001");
            clerk.picture("form-refused");
            clerk.click(By.cssSelector("#summary a"));
            assertThat(clerk.focused()).isEqualTo("f-unitId");
            clerk.assertQuietConsole();
        }

        @Test
        void whatTheSchemaMissesIsToldForAllFieldsAtOnce() {
            clerk.visit("/record/RegisterUnit");
            clerk.click(SUBMIT);
            clerk.awaitText(By.id("summary"), "未能录入");
            assertThat(clerk.text(By.id("f-name-error"))).contains("必填");
            assertThat(clerk.text(By.id("f-category-error"))).contains("必填");
            assertThat(clerk.text(By.id("f-level-error"))).contains("必填");
        }

        @Test
        void rowsAreAddedAndRemovedAndKeepWhatWasTyped() {
            clerk.visit("/record/EstablishDispatchGroup");
            clerk.type(By.id("f-name"), "自治区纪委驻某单位纪检组");
            clerk.type(By.id("f-unitIds-3"), "054");
            clerk.click(By.cssSelector("button[name=_add][value=unitIds]"));
            clerk.await(page -> clerk.focused().equals("f-unitIds-4"));
            clerk.click(By.cssSelector("button[name=_remove][value='unitIds[0]']"));
            clerk.await(page -> clerk.all(By.id("f-unitIds-4")).isEmpty());
            assertThat(clerk.find(By.id("f-unitIds-2")).getDomProperty("value")).isEqualTo("054");
            assertThat(clerk.find(By.id("f-name")).getDomProperty("value")).isEqualTo("自治区纪委驻某单位纪检组");
        }

        @Test
        void aRecordIsCorrectedFromItsHistory() {
            // Recorded by another one than who corrects it.
            assertThat(application
                            .command(
                                    "RegisterUnit",
                                    "{\"unitId\":\"更正-1\",\"name\":\"写错单位\",\"category\":\"OTHER\",\"level\":\"COUNTY\"}")
                            .statusCode())
                    .isEqualTo(200);
            clerk.visit("/records/unit:更正-1");
            clerk.click(By.linkText("更正"));
            clerk.awaitUrl("/record/CorrectRecord?position=");
            assertThat(clerk.text(By.id("f-targetEventId"))).contains("登记单位");
            assertThat(clerk.text(By.id("f-changes-name-hint"))).contains("现为：写错单位");
            clerk.picture("correction");
            clerk.type(By.id("f-changes-name"), "写对单位");
            clerk.find(By.cssSelector("#f-changes-level option[value=PREFECTURE]"))
                    .click();
            clerk.type(By.id("f-reason"), "笔误");
            clerk.find(By.cssSelector("#f-approval-level option[value=ORGAN_HEAD]"))
                    .click();
            clerk.type(By.id("f-approval-approverId"), "人员-001");
            clerk.set(By.id("f-approval-approvedOn"), "2016-01-01");
            clerk.click(SUBMIT);
            clerk.awaitText(By.id("recorded"), "已录入");
            clerk.visit("/records/unit:更正-1");
            assertThat(clerk.text(By.id("history"))).contains("写错单位", "写对单位", "地市级", "笔误");
            clerk.assertQuietConsole();
        }

        @Test
        void whatWasTypedSurvivesTheEndOfTheSession() {
            clerk.visit("/record/RegisterUnit");
            clerk.type(By.id("f-name"), "登录前填写的单位");
            clerk.page().manage().deleteCookieNamed("SESSION");
            clerk.click(SUBMIT);
            clerk.awaitText(By.id("kept"), "已保留");
            clerk.picture("login-kept");
            clerk.type(By.id("username"), "clerk");
            clerk.type(By.id("password"), "clerk");
            clerk.click(By.cssSelector("form.login button.primary"));
            clerk.awaitText(By.id("kept"), "尚未录入");
            assertThat(clerk.find(By.id("f-name")).getDomProperty("value")).isEqualTo("登录前填写的单位");
            assertThat(clerk.url()).endsWith("/record/RegisterUnit");
            clerk.assertQuietConsole();
        }

        @Test
        void aDoubleClickRecordsOnce() {
            long before = head();
            clerk.visit("/record/RegisterUnit?unitId=双击-1&name=双击单位&category=OTHER&level=COUNTY");
            clerk.script("const button = document.querySelector('button.submit'); button.click(); button.click();");
            clerk.awaitText(By.id("recorded"), "已录入");
            assertThat(Long.parseLong(clerk.text(By.id("recorded-position")))).isEqualTo(before + 1);
            assertThat(head()).isEqualTo(before + 1);
        }

        private long head() {
            clerk.visit("/coverage");
            return Long.parseLong(clerk.find(By.id("controls")).getDomAttribute("data-head"));
        }

        @Test
        void theKeyboardAloneSuffices() {
            clerk.visit("/record/RegisterUnit");
            tabTo("f-unitId");
            keys("键盘-1");
            tabTo("f-name");
            keys("键盘单位");
            tabTo("f-category");
            keys("其他");
            tabTo("f-level");
            keys("县级");
            keys(Keys.ENTER);
            if (clerk.all(By.id("recorded")).isEmpty()) {
                tabToSubmit();
                keys(Keys.ENTER);
            }
            clerk.awaitText(By.id("recorded"), "已录入");
            clerk.await(page -> clerk.focused().equals("recorded"));
        }

        private void tabTo(String id) {
            for (int i = 0; i < 40 && !clerk.focused().equals(id); i++) {
                keys(Keys.TAB);
            }
            assertThat(clerk.focused()).isEqualTo(id);
        }

        private void tabToSubmit() {
            for (int i = 0; i < 40; i++) {
                if (Boolean.TRUE.equals(clerk.script("return document.activeElement.matches('button.submit')"))) {
                    return;
                }
                keys(Keys.TAB);
            }
        }

        private void keys(CharSequence keys) {
            new Actions(clerk.page()).sendKeys(keys).perform();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "RegisterUnit",
                    "TransferCoverage",
                    "EndCoverage",
                    "AppointGroupMember",
                    "RecordAreaProfile",
                    "AssignRotation",
                    "CorrectRecord?position=3",
                    "VoidRecord?position=3",
                    "SetCoverageBase"
                })
        void everyFieldHasALabelAndAPickerOffersNames(String command) {
            clerk.visit("/record/" + command);
            List<?> unlabelled = (List<?>) clerk.script("return [...document.querySelectorAll("
                    + "'#command input:not([type=hidden]), #command select, #command textarea')]"
                    + ".filter(field => field.labels.length === 0).map(field => field.name)");
            assertThat(unlabelled).isEmpty();
            for (WebElement picker : clerk.all(By.cssSelector("[data-picker=unit], [data-picker=group]"))) {
                assertThat(clerk.all(By.cssSelector("#" + picker.getDomAttribute("list") + " option")))
                        .isNotEmpty();
            }
            clerk.assertQuietConsole();
        }
    }

    @Nested
    class OnTheLiveStream {

        @Test
        void aRecordedEventAppearsAndAPauseLosesNone() {
            try (Browser auditor =
                    Browser.open(application.address()).sized(Browser.WIDE).signedInAs("auditor")) {
                auditor.visit("/stream");
                auditor.await(page -> page.findElement(By.id("live"))
                        .getDomAttribute("data-state")
                        .equals("on"));
                register("流-1");
                auditor.awaitText(By.id("events"), "单位流-1");
                auditor.click(By.id("pause"));
                register("流-2");
                assertThat(auditor.text(By.id("events"))).doesNotContain("单位流-2");
                auditor.click(By.id("pause"));
                auditor.awaitText(By.id("events"), "单位流-2");
                List<?> positions = (List<?>) auditor.script(
                        "return [...document.querySelectorAll('#events li')].map(li => Number(li.dataset.position))");
                assertThat(positions).doesNotHaveDuplicates();
                auditor.picture("stream");

                auditor.visit("/stream?type=orgregistry.OrganRegistered&after=0");
                auditor.awaitText(By.id("events"), "登记机关");
                assertThat(auditor.all(By.cssSelector("#events li"))).hasSize(1);
                auditor.assertQuietConsole();
            }
        }

        private void register(String id) {
            assertThat(application
                            .command(
                                    "RegisterUnit",
                                    "{\"unitId\":\"%s\",\"name\":\"单位%s\",\"category\":\"OTHER\",\"level\":\"COUNTY\"}"
                                            .formatted(id, id))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Nested
    class OnEveryPage {

        @ParameterizedTest
        @CsvSource({
            "/coverage, 派驻覆盖图, Coverage map",
            "/groups, 派驻机构名录, Dispatch groups",
            "/records, 记录历史, Record histories",
            "/record, 录入, Record",
        })
        void theLanguageSwitches(String path, String zh, String en) {
            clerk.visit(path);
            assertThat(clerk.text(By.tagName("h1"))).isEqualTo(zh);
            clerk.click(By.cssSelector(".who a[lang=en]"));
            clerk.awaitText(By.tagName("h1"), en);
            assertThat(clerk.find(By.tagName("html")).getDomAttribute("lang")).isEqualTo("en");
            clerk.visit("/coverage");
            assertThat(clerk.text(By.tagName("h1"))).isEqualTo("Coverage map");
            clerk.assertQuietConsole();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/coverage?asOf=2015-12-30&comparedTo=2014-12-31",
                    "/coverage?asOf=2014-12-31",
                    "/groups",
                    "/groups/派驻-001",
                    "/records",
                    "/records/unit:010",
                    "/record",
                    "/record/EstablishDispatchGroup",
                    "/record/CorrectRecord",
                    "/record/CorrectRecord?position=3",
                    "/problems",
                    "/nowhere"
                })
        void nothingReachesBeyondANarrowScreen(String path) {
            clerk.sized(Browser.NARROW).visit(path);
            clerk.find(By.tagName("h1"));
            assertThat(clerk.overflow()).isZero();
            clerk.picture("narrow-" + path.replaceAll("[^A-Za-z0-9]+", "-"));
        }

        @Test
        void anUnknownAddressGivesAPageThatSaysSo() {
            clerk.visit("/nowhere");
            assertThat(clerk.text(By.id("main"))).contains("404");
        }

        @Test
        void theNavigationLeavesOutWhatARoleMayNot() {
            assertThat(clerk.text(By.cssSelector(".nav"))).contains("录入");
            try (Browser dashboard =
                    Browser.open(application.address()).sized(Browser.WIDE).signedInAs("dashboard")) {
                dashboard.visit("/coverage");
                assertThat(dashboard.text(By.cssSelector(".nav")))
                        .contains("覆盖图")
                        .doesNotContain("录入");
            }
        }
    }

    @Nested
    class InTheDirectory {

        @Test
        void theGroupsTheirHeadsAndOneGroupsPageAreShown() {
            clerk.visit("/groups?asOf=2015-12-30");
            assertThat(clerk.text(By.id("figure-committees"))).isEqualTo("1");
            assertThat(clerk.text(By.id("figure-heads"))).isEqualTo("36");
            clerk.type(By.id("group-filter"), "卫生计生委");
            clerk.await(page -> clerk.all(By.cssSelector("#group-list tbody tr:not([hidden])"))
                            .size()
                    == 1);
            clerk.click(By.linkText("自治区纪委驻卫生计生委纪检组"));
            clerk.awaitText(By.tagName("h1"), "自治区纪委驻卫生计生委纪检组");
            assertThat(clerk.text(By.id("people"))).contains("人员-003", "组长");
            assertThat(clerk.text(By.id("units"))).contains("卫生计生委", "011");
            clerk.picture("group");
            clerk.assertQuietConsole();
        }

        @Test
        void beforeItsFoundingAGroupDoesNotExist() {
            clerk.visit("/groups/派驻-001?asOf=2014-12-31");
            assertThat(clerk.text(By.id("not-yet"))).contains("2014-12-31 尚不存在", "自 2015-11-13 起设立");
            assertThat(clerk.all(By.cssSelector("#people, #units, main .card"))).isEmpty();
            clerk.picture("group-not-yet");
            clerk.click(By.cssSelector("#not-yet a"));
            clerk.awaitText(By.id("people"), "组长");
            clerk.assertQuietConsole();
        }

        @Test
        void theKeyboardTurnsThePagesOfALongList() {
            clerk.visit("/records");
            List<String> first = found();
            assertThat(first).hasSize(100);
            clerk.find(By.cssSelector(".more a[rel=next]")).sendKeys(Keys.ENTER);
            clerk.awaitUrl("after=");
            String link = clerk.url();
            assertThat(found()).isNotEmpty().doesNotContainAnyElementsOf(first);
            List<String> second = found();
            clerk.find(By.cssSelector(".more a[rel=first]")).sendKeys(Keys.ENTER);
            clerk.await(page -> !clerk.url().contains("after="));
            assertThat(found()).isEqualTo(first);
            clerk.visit(link.substring(application.address().length()));
            assertThat(found()).isEqualTo(second);
            clerk.visit("/records?kind=group");
            assertThat(found()).isNotEmpty().allMatch(address -> address.matches("/records/group(:|%3A).*"));
            clerk.assertQuietConsole();
        }

        private List<String> found() {
            clerk.find(By.cssSelector("#found a"));
            return clerk.all(By.cssSelector("#found .links a")).stream()
                    .map(link -> String.valueOf(link.getDomAttribute("href")))
                    .toList();
        }
    }
}
