package cn.plumbline.journal.embedded;

import static cn.plumbline.journal.embedded.Opened.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Any user of the machine can connect to the port; this is how far he gets. */
class StrangerTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Opened opened;

    @BeforeEach
    void open() {
        opened = Opened.with(EmbeddedSettings.inMemory());
        first(opened.collection("journal").insertOne(new Document("_id", 1L).append("data", "甲")));
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{find: 'journal', $db: 'plumbline'}",
                "{insert: 'journal', documents: [{_id: 2}], $db: 'plumbline'}",
                "{dropDatabase: 1, $db: 'plumbline'}",
                "{listDatabases: 1, $db: 'admin'}",
                "{ping: 1, $db: 'admin'}",
                "{serverStatus: 1, $db: 'admin'}",
                "{getMore: 1, collection: 'journal', $db: 'plumbline'}",
                "{shutdown: 1, $db: 'admin'}",
                "{$db: 'plumbline'}"
            })
    void isRefusedAndHungUpOnForAnythingButTheHandshake(String command) throws IOException {
        try (RawConnection stranger = new RawConnection(opened.server)) {
            BsonDocument answer = stranger.message(BsonDocument.parse(command));
            assertThat(answer.getInt32("code").getValue()).isEqualTo(13);
            assertThat(answer.toJson()).doesNotContain("甲");
            assertThat(stranger.isEnded()).isTrue();
        }
        assertThat(first(opened.collection("journal").countDocuments())).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{saslStart: 1, mechanism: 'SCRAM-SHA-256', $db: 'admin'}",
                "{saslStart: 1, mechanism: 'SCRAM-SHA-256', payload: 'n,,n=plumbline,r=abc', $db: 'admin'}",
                "{saslStart: 1, mechanism: 'SCRAM-SHA-256', payload: {$binary: {base64: 'AA==', subType: '00'}}}",
                "{saslStart: 1, mechanism: 'PLAIN', payload: {$binary: {base64: 'AA==', subType: '00'}}, $db: 'admin'}",
                "{saslContinue: 1, conversationId: 1, payload: {$binary: {base64: 'AA==', subType: '00'}}}",
                "{saslContinue: 1, conversationId: 1, payload:"
                        + " {$binary: {base64: 'Yz1iaXdzLHI9YWJjLHA9QUE9PQ==', subType: '00'}}}"
            })
    void isHungUpOnAfterAWrongAuthentication(String command) throws IOException {
        try (RawConnection stranger = new RawConnection(opened.server)) {
            assertThat(stranger.message(BsonDocument.parse(command))
                            .getInt32("code")
                            .getValue())
                    .isEqualTo(18);
            assertThat(stranger.isEnded()).isTrue();
        }
    }

    @Test
    void learnsTheVersionAndStaysAStranger() throws IOException {
        try (RawConnection stranger = new RawConnection(opened.server)) {
            BsonDocument hello = stranger.query("admin.$cmd", BsonDocument.parse("{isMaster: 1, helloOk: true}"));
            assertThat(hello.getBoolean("ismaster").getValue()).isTrue();
            assertThat(stranger.message(BsonDocument.parse("{hello: 1, $db: 'admin'}"))
                            .getBoolean("ismaster")
                            .getValue())
                    .isTrue();
            assertThat(stranger.query("plumbline.journal", new BsonDocument())
                            .getInt32("code")
                            .getValue())
                    .isEqualTo(13);
            assertThat(stranger.isEnded()).isTrue();
        }
    }

    @Test
    void cannotMakeTheServerKeepMuchOfWhatItSends() throws IOException {
        try (RawConnection stranger = new RawConnection(opened.server)) {
            byte[] start = new byte[64 * 1024];
            // A message of 32 MiB, of which the first part comes.
            start[3] = 2;
            stranger.bytes(start);
            assertThat(stranger.isEnded()).isTrue();
        }
    }

    @Test
    void isHungUpOnForBytesThatAreNoMessage() throws IOException {
        try (RawConnection stranger = new RawConnection(opened.server)) {
            stranger.bytes("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            stranger.bytes(new byte[32 * 1024]);
            assertThat(stranger.isEnded()).isTrue();
        }
    }

    @Test
    void findsNoPlaceWhereAllConnectionsAreTakenButTakesNoneForEver() throws IOException {
        EmbeddedSettings few = new EmbeddedSettings(
                EmbeddedSettings.inMemory().directory(),
                EmbeddedSettings.inMemory().durable(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                2,
                OptionalInt.empty());
        EmbeddedMongo server = Objects.requireNonNull(EmbeddedMongo.open(few).block(LIMIT));
        List<RawConnection> two = new ArrayList<>(List.of(new RawConnection(server), new RawConnection(server)));
        for (RawConnection one : two) {
            assertThat(one.query("admin.$cmd", BsonDocument.parse("{isMaster: 1}")))
                    .containsKey("ismaster");
        }
        try (RawConnection third = new RawConnection(server)) {
            assertThat(third.isEnded()).isTrue();
        }
        two.remove(0).close();
        await().atMost(LIMIT).until(() -> isServed(server));
        two.remove(0).close();
        server.close().block(LIMIT);
    }

    @Test
    void findsTheSecretInNoLogAtAnyLevel() {
        Recording recording = new Recording();
        List<Logger> loggers = List.of("cn.plumbline", "de.bwaldvogel", "org.mongodb").stream()
                .map(name -> (Logger) LoggerFactory.getLogger(name))
                .toList();
        List<Level> levels = loggers.stream().map(Logger::getLevel).toList();
        recording.start();
        String secret;
        try (Opened watched = watched(loggers, recording)) {
            first(watched.collection("journal").insertOne(new Document("_id", 1L)));
            secret = new String(Objects.requireNonNull(
                    Objects.requireNonNull(watched.server.clientSettings().getCredential())
                            .getPassword()));
        } finally {
            for (int n = 0; n < loggers.size(); n++) {
                loggers.get(n).detachAppender(recording);
                loggers.get(n).setLevel(levels.get(n));
                loggers.get(n).setAdditive(true);
            }
        }
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String log = String.join("\n", recording.lines);
        assertThat(log).contains("saslStart");
        assertThat(log)
                .doesNotContain(secret)
                .doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        assertThat(log.toLowerCase(Locale.ROOT)).doesNotContain(HexFormat.of().formatHex(bytes));
    }

    private static Opened watched(List<Logger> loggers, Recording recording) {
        for (Logger logger : loggers) {
            logger.setLevel(Level.TRACE);
            logger.setAdditive(false);
            logger.addAppender(recording);
        }
        return Opened.with(EmbeddedSettings.inMemory());
    }

    private static boolean isServed(EmbeddedMongo server) {
        try (RawConnection another = new RawConnection(server)) {
            return another.query("admin.$cmd", BsonDocument.parse("{isMaster: 1}"))
                    .containsKey("ismaster");
        } catch (IOException refused) {
            return false;
        }
    }

    /** Keeps every line that is logged. */
    private static final class Recording extends AppenderBase<ILoggingEvent> {

        private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
        }
    }
}
