package cn.plumbline.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import cn.plumbline.web.RealApplication;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import reactor.core.publisher.Mono;

/** A browser's session: how it begins, what it may send, and how it ends. */
@RealApplication
class SessionsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SESSION = "SESSION";
    private static final String TOKEN_COOKIE = "XSRF-TOKEN";
    private static final String TOKEN_HEADER = "X-XSRF-TOKEN";

    @LocalServerPort
    private int port;

    private Guest browser;

    @BeforeEach
    void opensABrowser() {
        browser = Guest.nobody(port);
    }

    private static String newUnit() {
        return EventJson.write(OwnGroup.unit(OwnGroup.newId()));
    }

    private static Map<String, String> unitForm(String id) {
        return Map.of("unitId", id, "name", "名称" + id, "category", "OTHER", "level", "PROVINCE");
    }

    @Nested
    class SigningIn {

        @Test
        void leadsToThePageThatWasAskedFor() {
            assertThat(browser.open("/groups?organ=x").header("Location")).isEqualTo("/login");
            Guest.Reply reply = browser.signIn("clerk", "clerk");
            assertThat(reply.status()).isEqualTo(302);
            assertThat(reply.header("Location")).isEqualTo("/groups?organ=x");
            assertThat(browser.open("/groups").status()).isEqualTo(200);
        }

        @Test
        void leadsToTheFirstPageWhenNoneWasAskedFor() {
            assertThat(browser.signIn("clerk", "clerk").header("Location")).isEqualTo("/");
        }

        @Test
        void neverLeadsToAnotherSite() {
            browser.cookies().put("REDIRECT_URI", "aHR0cHM6Ly9leGFtcGxlLm9yZy8="); // https://example.org/
            assertThat(browser.signIn("clerk", "clerk").header("Location")).isEqualTo("/");
        }

        @Test
        void isRefusedByAMessageWhenThePasswordIsWrong() {
            Guest.Reply reply = browser.signIn("clerk", "wrong");
            assertThat(reply.status()).isEqualTo(302);
            assertThat(reply.header("Location")).isEqualTo("/login?error");
            Guest.Reply page = browser.open("/login?error");
            assertThat(page.body()).contains("账号或密码不正确", "role=\"alert\"");
            assertThat(browser.open("/login?error&lang=en").body()).contains("Wrong account or password");
            assertThat(browser.open("/coverage").header("Location")).isEqualTo("/login");
        }

        @Test
        void saysTheSameOfAnAccountThatDoesNotExist() {
            assertThat(browser.signIn("nobody", "nobody").header("Location")).isEqualTo("/login?error");
        }

        @Test
        void showsNoMessageBefore() {
            assertThat(browser.open("/login").body()).doesNotContain("账号或密码不正确");
        }

        @Test
        void beginsASessionThatNobodyElseCanHavePlanted() {
            browser.cookies().put(SESSION, "00000000-0000-4000-8000-000000000000");
            assertThat(browser.signIn("clerk", "clerk").status()).isEqualTo(302);
            assertThat(browser.cookies().get(SESSION)).isNotEqualTo("00000000-0000-4000-8000-000000000000");
            assertThat(browser.open("/coverage").status()).isEqualTo(200);
        }

        @Test
        void givesACookieThatScriptsAndOtherSitesDoNotGet() {
            Guest.Reply reply = browser.signIn("clerk", "clerk");
            assertThat(reply.headers().allValues("Set-Cookie"))
                    .filteredOn(cookie -> cookie.startsWith(SESSION + "="))
                    .singleElement()
                    .asString()
                    .containsIgnoringCase("HttpOnly")
                    .contains("SameSite=Lax");
        }

        @Test
        void costsTheServerNothingBeforeItHappens() {
            browser.open("/coverage");
            browser.open("/login");
            assertThat(browser.signIn("clerk", "wrong").header("Location")).isEqualTo("/login?error");
            assertThat(browser.cookies()).doesNotContainKey(SESSION).containsKey(TOKEN_COOKIE);
        }
    }

    @Nested
    class AnotherNode {

        @Autowired
        private SessionStore store;

        @Autowired
        private ReactiveUserDetailsService accounts;

        /** As a node that shares the store knows somebody who has signed in here. */
        private Mono<SecurityContext> load(Clock clock) {
            MockServerHttpRequest request = MockServerHttpRequest.get("/coverage")
                    .cookie(new HttpCookie(
                            SESSION, String.valueOf(browser.cookies().get(SESSION))))
                    .build();
            return new Sessions(store, accounts, clock).load(MockServerWebExchange.from(request));
        }

        @Test
        void knowsWhoHasSignedInUntilHeSignsOut() {
            assertThat(browser.signIn("clerk", "clerk").status()).isEqualTo(302);
            assertThat(load(Clock.systemUTC()).block(LIMIT).getAuthentication().getName())
                    .isEqualTo("clerk");
            assertThat(browser.submit("/logout", Guest.token(browser.open("/coverage")), Map.of())
                            .status())
                    .isEqualTo(302);
            assertThat(load(Clock.systemUTC()).blockOptional(LIMIT)).isEmpty();
        }

        @Test
        void forgetsWhoHasNotComeForHalfAnHourAndNotBefore() {
            assertThat(browser.signIn("clerk", "clerk").status()).isEqualTo(302);
            Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(29));
            Clock muchLater = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(58));
            assertThat(load(later).blockOptional(LIMIT)).isPresent();
            assertThat(load(muchLater).blockOptional(LIMIT)).isPresent();
            Clock tooLate = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(90));
            assertThat(load(tooLate).blockOptional(LIMIT)).isEmpty();
        }
    }

    @Nested
    class SigningOut {

        @Test
        void endsTheSessionOnTheServer() {
            assertThat(browser.signIn("clerk", "clerk").status()).isEqualTo(302);
            Guest.Reply page = browser.open("/coverage");
            assertThat(page.status()).isEqualTo(200);
            String session = browser.cookies().get(SESSION);

            Guest.Reply reply = browser.submit("/logout", Guest.token(page), Map.of());
            assertThat(reply.status()).isEqualTo(302);
            assertThat(reply.header("Location")).isEqualTo("/login?logout");
            assertThat(browser.open("/login?logout").body()).contains("已退出登录");

            browser.cookies().put(SESSION, session);
            assertThat(browser.open("/coverage").header("Location")).isEqualTo("/login");
            browser.get("/api/commands").assertProblem(401, "UNAUTHENTICATED");
        }

        @Test
        void takesTheToken() {
            assertThat(browser.signIn("clerk", "clerk").status()).isEqualTo(302);
            browser.submit("/logout", null, Map.of()).assertProblem(403, "CSRF");
            assertThat(browser.open("/coverage").status()).isEqualTo(200);
        }

        @Test
        void leadsTheWholePageToTheLoginWhenAPartIsAskedForAfterwards() {
            Guest.Reply part = browser.get("/coverage", "text/html, */*", "HX-Request", "true");
            assertThat(part.status()).isEqualTo(302);
            assertThat(part.header("Location")).isEqualTo("/login");
            Guest.Reply login = browser.get("/login", "text/html, */*", "HX-Request", "true");
            assertThat(login.header("HX-Redirect")).isEqualTo("/login");
            assertThat(login.body()).doesNotContain("<form");
        }

        @Test
        void isNoLinkThatAPictureCouldFollow() {
            assertThat(browser.signIn("clerk", "clerk").status()).isEqualTo(302);
            browser.open("/logout");
            assertThat(browser.open("/coverage").status()).isEqualTo(200);
        }
    }

    @Nested
    class ASession {

        @BeforeEach
        void isOpen() {
            assertThat(browser.signIn("clerk", "clerk").status()).isEqualTo(302);
        }

        @Test
        void sendsNoCommandWithoutTheToken() {
            browser.post("/api/commands/RegisterUnit", Guest.JSON, newUnit()).assertProblem(403, "CSRF");
            browser.post("/api/commands", Guest.LINES, newUnit()).assertProblem(403, "CSRF");
            browser.submit("/record/RegisterUnit", null, unitForm(OwnGroup.newId()))
                    .assertProblem(403, "CSRF");
        }

        @Test
        void sendsNoCommandWithAnotherOnesToken() {
            Guest other = Guest.nobody(port);
            String token = Guest.token(other.open("/login"));
            browser.submit("/record/RegisterUnit", token, unitForm(OwnGroup.newId()))
                    .assertProblem(403, "CSRF");
            browser.post("/api/commands/RegisterUnit", Guest.JSON, newUnit(), TOKEN_HEADER, "x")
                    .assertProblem(403, "CSRF");
        }

        @Test
        void sendsACommandWithTheTokenOfItsCookie() {
            String token = browser.cookies().get(TOKEN_COOKIE);
            browser.post("/api/commands/RegisterUnit", Guest.JSON, newUnit(), TOKEN_HEADER, token)
                    .ok();
        }

        @Test
        void sendsAFormWithTheTokenInIt() {
            String token = Guest.token(browser.open("/record/RegisterUnit"));
            Guest.Reply reply = browser.submit("/record/RegisterUnit", token, unitForm(OwnGroup.newId()));
            assertThat(reply.status()).as(reply.body()).isEqualTo(303);
            assertThat(reply.header("Location")).startsWith("/recorded/");
        }

        @Test
        void isTakenByNoOtherSite() {
            // SameSite keeps the cookie back in a browser of today; an older one sends it, and the form is refused.
            browser.submit(
                            "/record/RegisterUnit",
                            null,
                            unitForm(OwnGroup.newId()),
                            "Origin",
                            "https://example.org",
                            "Sec-Fetch-Site",
                            "cross-site")
                    .assertProblem(403, "CSRF");
        }
    }

    @Nested
    class Credentials {

        @Test
        void ofAProgramNeedNoToken() {
            Guest.named(port, "clerk")
                    .post("/api/commands/RegisterUnit", Guest.JSON, newUnit())
                    .ok();
        }

        @Test
        void thatABrowserKeepsAreTakenByNoOtherSite() {
            // Whoever has typed them into the browser's own box sends them with every form, another site's too.
            Guest typed = Guest.named(port, "clerk");
            typed.submit("/record/RegisterUnit", null, unitForm(OwnGroup.newId()), "Origin", "https://example.org")
                    .assertProblem(403, "CSRF");
            typed.submit(
                            "/api/commands/RegisterUnit",
                            null,
                            unitForm(OwnGroup.newId()),
                            "Origin",
                            "https://example.org")
                    .assertProblem(415, "UNSUPPORTED_MEDIA_TYPE");
            typed.post("/api/commands/RegisterUnit", "text/plain", newUnit(), "Origin", "https://example.org")
                    .assertProblem(415, "UNSUPPORTED_MEDIA_TYPE");
        }

        @Test
        void areNotAskedOfAnotherSitesScript() {
            Guest.Reply reply = Guest.named(port, "clerk").get("/api/commands", Guest.JSON);
            assertThat(reply.headers().map()).doesNotContainKey("access-control-allow-origin");
        }

        @Test
        void thatAreWrongAreNoSession() {
            Guest.named(port, "clerk", "wrong").get("/api/commands").assertProblem(401, "UNAUTHENTICATED");
        }
    }

    @Nested
    class TheActor {

        @Test
        void isTheUserWhateverTheBodySays() {
            Map<String, Object> unit = new LinkedHashMap<>(OwnGroup.unit(OwnGroup.newId()));
            for (String field : new String[] {"actor", "userId", "recordedBy", "role"}) {
                Map<String, Object> claimed = new LinkedHashMap<>(unit);
                claimed.put(field, "admin");
                Guest.named(port, "clerk2").command("RegisterUnit", claimed).assertProblem(400, "INVALID");
            }
            assertThat(actor(Guest.named(port, "clerk2")
                            .command(
                                    "RegisterUnit",
                                    unit,
                                    "X-User",
                                    "admin",
                                    "X-Forwarded-User",
                                    "admin",
                                    "actor",
                                    "admin")
                            .ok()
                            .path("position")
                            .asLong()))
                    .isEqualTo("clerk2");
        }

        @Test
        void ofAFormIsTheUserOfTheSession() {
            assertThat(browser.signIn("clerk2", "clerk2").status()).isEqualTo(302);
            String id = OwnGroup.newId();
            Map<String, String> form = new LinkedHashMap<>(unitForm(id));
            form.put("actor", "admin");
            String token = Guest.token(browser.open("/record/RegisterUnit"));
            assertThat(browser.submit("/record/RegisterUnit", token, form).status())
                    .isEqualTo(303);
            assertThat(Guest.named(port, "auditor")
                            .get("/api/records/unit:" + id + "/history")
                            .ok()
                            .path("entries"))
                    .extracting(entry -> entry.path("actor").path("userId").asString())
                    .containsExactly("clerk2");
        }

        @Test
        void ofALineIsTheUserOfTheBatch() {
            Guest clerk = Guest.named(port, "clerk2");
            String data = newUnit();
            Guest.Reply claimed = clerk.post(
                    "/api/commands",
                    Guest.LINES,
                    "{\"command\":\"RegisterUnit\",\"actor\":\"admin\",\"data\":" + data + "}\n");
            assertThat(claimed.json().path("code").asString()).isEqualTo("INVALID");
            Guest.Reply sent =
                    clerk.post("/api/commands", Guest.LINES, "{\"command\":\"RegisterUnit\",\"data\":" + data + "}\n");
            assertThat(actor(sent.ok().path("position").asLong())).isEqualTo("clerk2");
        }

        private String actor(long position) {
            return Guest.named(port, "auditor")
                    .get("/api/events/" + position)
                    .ok()
                    .path("actor")
                    .asString();
        }
    }
}
