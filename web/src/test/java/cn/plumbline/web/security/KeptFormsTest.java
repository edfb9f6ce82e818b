package cn.plumbline.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.web.RealApplication;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.util.HtmlUtils;

/** What was typed into a form while its session ended comes back after the login. */
@RealApplication
class KeptFormsTest {

    private static final String FORM = "/record/RegisterUnit";
    private static final Pattern KEPT = Pattern.compile("name=\"_kept\" value=\"([^\"]+)\"");

    @LocalServerPort
    private int port;

    private Guest browser;
    private String token;
    private Map<String, String> typed;

    @BeforeEach
    void hasAFormWhoseSessionHasEnded() {
        browser = Guest.nobody(port);
        assertThat(browser.signIn("clerk", "clerk").status()).isEqualTo(302);
        token = Guest.token(browser.open(FORM));
        browser.cookies().put("SESSION", "00000000-0000-4000-8000-000000000001");
        typed = new LinkedHashMap<>(Map.of("_account", "clerk", "name", "未录入的“单位”", "category", "OTHER"));
    }

    private Guest.Reply send(String... headers) {
        return browser.submit(FORM, token, typed, headers.length == 0 ? new String[] {"Accept", Guest.PAGE} : headers);
    }

    private static String kept(Guest.Reply login) {
        Matcher kept = KEPT.matcher(login.body());
        assertThat(kept.find()).as(login.body()).isTrue();
        return HtmlUtils.htmlUnescape(kept.group(1));
    }

    private Guest.Reply signIn(Guest.Reply login, String account, String password, String kept) {
        return browser.submit(
                "/login",
                Guest.token(login),
                Map.of("username", account, "password", password, "_kept", kept),
                "Accept",
                Guest.PAGE);
    }

    private void assertNothingComesBack(Guest.Reply signedIn) {
        assertThat(signedIn.status()).isEqualTo(302);
        assertThat(signedIn.header("Location")).isEqualTo("/");
        assertThat(browser.open(FORM).body()).doesNotContain("未录入的");
    }

    @Test
    void theLoginPageSaysThatItIsKept() {
        Guest.Reply login = send();
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.body()).contains("填写的内容已保留");
        assertThat(kept(login)).contains("未录入的“单位”").doesNotContain(token);
    }

    @Test
    void theFormComesBackOnceWithItsValues() {
        Guest.Reply login = send();
        Guest.Reply signedIn = signIn(login, "clerk", "clerk", kept(login));
        assertThat(signedIn.status()).isEqualTo(302);
        assertThat(signedIn.header("Location")).isEqualTo(FORM);
        Guest.Reply form = browser.open(FORM);
        assertThat(HtmlUtils.htmlUnescape(form.body()))
                .contains("value=\"未录入的“单位”\"", "尚未录入；请核对后录入")
                .containsPattern("value=\"OTHER\"[^>]*selected");
        assertThat(browser.open(FORM).body()).doesNotContain("未录入的");
    }

    @Test
    void aWrongPasswordLosesNothing() {
        Guest.Reply login = send();
        Guest.Reply again = signIn(login, "clerk", "wrong", kept(login));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).contains("账号或密码不正确");
        assertThat(signIn(again, "clerk", "clerk", kept(again)).header("Location"))
                .isEqualTo(FORM);
        assertThat(browser.open(FORM).body()).contains("未录入的");
    }

    @Test
    void anotherAccountDoesNotGetIt() {
        Guest.Reply login = send();
        assertNothingComesBack(signIn(login, "clerk2", "clerk2", kept(login)));
    }

    @Test
    void aFormOfAnotherCommandLeavesItAlone() {
        Guest.Reply login = send();
        assertThat(signIn(login, "clerk", "clerk", kept(login)).header("Location"))
                .isEqualTo(FORM);
        assertThat(browser.open("/record/RenameUnit").body()).doesNotContain("未录入的");
        assertThat(browser.open(FORM).body()).contains("未录入的");
    }

    @Test
    void aFormThatAScriptSendsGetsTheLoginInItsPlace() {
        Guest.Reply login = send("Accept", "text/html, */*", "HX-Request", "true");
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.header("HX-Redirect")).isEmpty();
        assertThat(login.body()).contains("action=\"/login\"").doesNotContain("<html");
        assertThat(kept(login)).contains("未录入的");
    }

    @Test
    void nothingIsRecordedMeanwhile() {
        typed.put("unitId", OwnGroup.newId());
        typed.put("level", "PROVINCE");
        var unused = send();
        Guest.named(port, "auditor")
                .get("/api/records/unit:" + typed.get("unitId") + "/history")
                .assertProblem(404, "UNKNOWN_RECORD");
    }

    @Test
    void whatIsTooLongIsNotKeptAndThePageSaysSo() {
        typed.put("name", "长".repeat(70_000));
        Guest.Reply login = send();
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.body()).contains("未能保留").doesNotContain("长长长");
    }

    @Nested
    class NotKept {

        @Test
        void isWhatComesWithoutTheToken() {
            browser.submit(FORM, null, typed, "Accept", "application/json").assertProblem(403, "CSRF");
            browser.cookies().remove("SESSION");
            browser.submit(FORM, null, typed, "Accept", "application/json").assertProblem(403, "CSRF");
        }

        @Test
        void isAFormThatNobodyHadOpened() {
            typed.remove("_account");
            Guest.Reply reply = send();
            assertThat(reply.status()).isEqualTo(302);
            assertThat(reply.header("Location")).isEqualTo("/login");
        }

        @Test
        void isWhatIsNoFormOfOurs() {
            Guest.Reply login = send();
            for (String kept : new String[] {
                "nonsense",
                "null",
                "{\"command\":\"RegisterUnit\"}",
                "{\"command\":\"//example.org\",\"account\":\"clerk\",\"values\":{}}"
            }) {
                assertNothingComesBack(signIn(login, "clerk", "clerk", kept));
            }
        }
    }
}
