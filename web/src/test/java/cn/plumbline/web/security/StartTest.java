package cn.plumbline.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.web.acceptance.ChildProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** With which accounts the system starts, and when it had better not. */
class StartTest {

    private static final String EVERYWHERE = "--server.address=0.0.0.0";

    /** The least that bcrypt allows; what it costs is not what is tried here. */
    private static final int QUICK = 4;

    @TempDir
    private Path directory;

    private ChildProcess start(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--plumbline.mongodb.in-memory=true");
        return ChildProcess.serve(directory.resolve("log"), directory.resolve("data"), all.toArray(String[]::new));
    }

    private static List<String> account(int index, String name, String password, String role, String organisation) {
        String prefix = "--plumbline.security.users[" + index + "].";
        return List.of(
                prefix + "name=" + name,
                prefix + "password={bcrypt}" + new BCryptPasswordEncoder(QUICK).encode(password),
                prefix + "role=" + role,
                prefix + "organisation=" + organisation);
    }

    @Test
    void demoAccountsAreNotShownToOtherMachines() {
        try (ChildProcess child = start(EVERYWHERE)) {
            assertThat(child.waitFor()).isEqualTo(1);
            assertThat(child.output())
                    .contains("监听地址 0.0.0.0 不限于本机", "须设置 plumbline.security.users")
                    .contains("Listening beyond this machine needs accounts of your own")
                    .contains("去掉 --server.address", "leave --server.address out")
                    .doesNotContain("监听 listening", "\tat ");
        }
    }

    @Test
    void ownAccountsAreServedEverywhereAndTheDemoOnesAreGone() {
        List<String> options = new ArrayList<>(List.of(EVERYWHERE));
        options.addAll(account(0, "王芳", "correct horse", "clerk", ""));
        options.addAll(account(1, "li", "battery", "AUDITOR", "自治区纪委"));
        try (ChildProcess child = start(options.toArray(String[]::new))) {
            int port = child.port();
            Guest clerk = Guest.named(port, "王芳", "correct horse");
            clerk.get("/api/views").ok();
            clerk.get("/api/attempts").assertProblem(403, "FORBIDDEN_BY_SCOPE");
            Guest.named(port, "li", "battery").get("/api/attempts").ok();
            Guest.named(port, "li", "correct horse").get("/api/attempts").assertProblem(401, "UNAUTHENTICATED");
            Guest.named(port, "admin").get("/api/commands").assertProblem(401, "UNAUTHENTICATED");
            Guest browser = Guest.nobody(port);
            assertThat(browser.signIn("王芳", "correct horse").header("Location")).isEqualTo("/");
            assertThat(browser.open("/coverage").body()).contains("王芳");
            assertThat(child.output()).doesNotContain("demo accounts");
        }
    }

    @Test
    void anAccountThatNobodyCouldUseIsNamed() {
        try (ChildProcess child = start(
                "--plumbline.security.users[0].name=wang",
                "--plumbline.security.users[0].password=plain",
                "--plumbline.security.users[0].role=CLERK")) {
            assertThat(child.waitFor()).isEqualTo(1);
            assertThat(child.output())
                    .contains("plumbline.security.users[0]：password 须为编码后的密码")
                    .contains("the password must be an encoded one")
                    .doesNotContain("\tat ");
        }
    }
}
