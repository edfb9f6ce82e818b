package cn.plumbline.web.boot;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.NewEvent;
import cn.plumbline.web.Facts;
import cn.plumbline.web.RealApplication;
import cn.plumbline.web.Visitor;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The command line against a running system, and against one that lies. */
@RealApplication
class RunningLogTest {

    private static final String SHOWN = "java -jar plumbline.jar ";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Autowired
    @Qualifier("journal")
    private Journal journal;

    @LocalServerPort
    private int port;

    @TempDir
    private Path directory;

    private String vkey;

    @BeforeEach
    void fill() {
        List<NewEvent> events = IntStream.range(0, 300)
                .mapToObj(i -> Facts.unit(UUID.randomUUID().toString()))
                .toList();
        assertThat(journal.append(events, AppendCondition.none()).block(LIMIT)).isNotNull();
        vkey = new String(Visitor.anonymous(port).get("/vkey").body(), StandardCharsets.UTF_8).strip();
    }

    private int export(String user, Path to) {
        return CommandLine.tool(
                "export", List.of("--server=http://127.0.0.1:" + port, "--user=" + user + ":" + user, "--to=" + to));
    }

    private int verify(int at, String... more) {
        return CommandLine.tool(
                "verify",
                Stream.concat(Stream.of("--server=http://127.0.0.1:" + at, "--vkey=" + vkey), Stream.of(more))
                        .toList());
    }

    @Test
    void anExportHoldsEverythingUntilNowAndIsVerified() throws IOException {
        Path file = directory.resolve("export.ndjson");
        assertThat(export("auditor", file)).isZero();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSizeGreaterThanOrEqualTo((int) journal.head() + 1);
        assertThat(CommandLine.tool("verify", List.of(file.toString(), "--vkey=" + vkey)))
                .isZero();
        Path earlier = Files.writeString(
                directory.resolve("earlier"),
                EventJson.mapper().readTree(lines.getFirst()).path("checkpoint").asString());
        fill();
        assertThat(verify(port, "--checkpoint=" + earlier)).isZero();
    }

    /** The lines that the document shows, with this server, key and directory in them. */
    @Test
    void theCommandsOfTheDocumentWorkAsTheyStand() throws IOException {
        Files.write(
                directory.resolve("2026-11-25.checkpoint"),
                Visitor.anonymous(port).get("/checkpoint").body());
        List<String> shown = Files.readAllLines(Path.of("../docs/verification.md")).stream()
                .filter(line -> line.startsWith(SHOWN))
                .map(line -> line.substring(SHOWN.length())
                        .replace("http://127.0.0.1:8080", "http://127.0.0.1:" + port)
                        .replace("\"$(head -n 1 published.vkey)\"", vkey)
                        .replace(
                                "export.ndjson",
                                directory.resolve("export.ndjson").toString())
                        .replace(
                                "2026-11-25.checkpoint",
                                directory.resolve("2026-11-25.checkpoint").toString()))
                .toList();
        assertThat(shown).hasSize(3);
        for (String line : shown) {
            List<String> words = List.of(line.split(" ", -1));
            assertThat(CommandLine.tool(words.getFirst(), words.subList(1, words.size())))
                    .as(line)
                    .isZero();
        }
    }

    @Test
    void whoSeesNoSaltsCannotExport() {
        Path file = directory.resolve("export.ndjson");
        assertThat(export("integrator", file)).isEqualTo(1);
        assertThat(export("clerk", file)).isEqualTo(1);
        assertThat(file).doesNotExist();
    }

    /** Passes requests on, and changes answers on their way back. */
    private int verifyThrough(BiFunction<String, byte[], byte[]> liar) throws IOException {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Visitor real = Visitor.anonymous(port);
        proxy.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] body = liar.apply(path, real.get(path).body());
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        proxy.start();
        try {
            return verify(proxy.getAddress().getPort());
        } finally {
            proxy.stop(0);
        }
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] changed = bytes.clone();
        changed[changed.length / 2] ^= 1;
        return changed;
    }

    @Test
    void aSystemThatLiesIsFoundOut() throws IOException {
        assertThat(verifyThrough((path, body) -> body)).isZero();
        assertThat(verifyThrough((path, body) -> path.equals("/tile/0/000") ? flipped(body) : body))
                .isEqualTo(1);
        assertThat(verifyThrough((path, body) -> path.equals("/tile/entries/000") ? flipped(body) : body))
                .isEqualTo(1);
        assertThat(verifyThrough((path, body) -> path.startsWith("/tile/entries/000") ? new byte[0] : body))
                .isEqualTo(1);
        assertThat(verifyThrough((path, body) -> path.equals("/checkpoint") ? flipped(body) : body))
                .isEqualTo(1);
    }
}
