package cn.plumbline.web.proof;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.NewEvent;
import cn.plumbline.web.Facts;
import cn.plumbline.web.RealApplication;
import cn.plumbline.web.Visitor;
import cn.plumbline.web.Visitor.Answer;
import cn.plumbline.web.proof.OutsideVerifier.Head;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@RealApplication
class ProofsOverHttpTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Autowired
    @Qualifier("journal")
    private Journal journal;

    @Autowired
    private Checkpointer checkpointer;

    @LocalServerPort
    private int port;

    private Visitor auditor;
    private OutsideVerifier verifier;

    @BeforeEach
    void knowsTheKey() {
        auditor = new Visitor(port, "auditor");
        verifier = new OutsideVerifier(text("/vkey").strip());
    }

    /** For everybody, without an account. */
    private Answer open(String path) {
        return Visitor.anonymous(port).get(path);
    }

    private String text(String path) {
        Answer answer = open(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(answer.headers().getFirst("Content-Type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private byte[] tile(String path) {
        Answer answer = open("/tile/" + path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(answer.headers().getFirst("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(answer.headers().getFirst("Cache-Control")).contains("max-age=31536000", "public", "immutable");
        return answer.body();
    }

    private void append(int count) {
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(Facts.unit(UUID.randomUUID().toString()));
        }
        assertThat(journal.append(events, AppendCondition.none()).block(LIMIT)).isNotNull();
    }

    private Head sign() {
        KeptCheckpoint signed = checkpointer.sign().block(LIMIT);
        assertThat(signed.note()).isEqualTo(text("/checkpoint"));
        assertThat(verifier.signed(signed.note())).isTrue();
        return OutsideVerifier.head(signed.note());
    }

    @Test
    void theTreeOfTheTilesIsTheOneThatWasSigned() {
        append(600);
        Head head = sign();

        List<byte[]> leaves = new ArrayList<>();
        List<byte[]> level1 = new ArrayList<>();
        for (long tile = 0; tile * 256 < head.size(); tile++) {
            int width = (int) Math.min(256, head.size() - tile * 256);
            String path = "%03d".formatted(tile) + (width == 256 ? "" : ".p/" + width);
            byte[] hashes = tile("0/" + path);
            List<byte[]> entries = OutsideVerifier.entries(tile("entries/" + path));
            assertThat(entries).hasSize(width);
            for (int i = 0; i < width; i++) {
                byte[] leaf = OutsideVerifier.entryLeaf(entries.get(i));
                assertThat(leaf).isEqualTo(Arrays.copyOfRange(hashes, i * 32, i * 32 + 32));
                leaves.add(leaf);
            }
            if (width == 256) {
                level1.add(OutsideVerifier.root(leaves.subList(leaves.size() - 256, leaves.size())));
            }
        }
        assertThat(OutsideVerifier.root(leaves)).isEqualTo(head.root());
        assertThat(tile("1/000.p/" + level1.size()))
                .isEqualTo(level1.stream().reduce(new byte[0], ProofsOverHttpTest::plus));
    }

    private static byte[] plus(byte[] left, byte[] right) {
        byte[] all = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, all, left.length, right.length);
        return all;
    }

    @Test
    void anEventIsProvenFromWhatItsReaderGets() {
        append(7);
        long position = journal.head() - 3;

        JsonNode event = auditor.get("/api/events/{position}", position).json();
        Answer answer = auditor.get("/api/events/{position}/proof", position);
        String proof = new String(answer.body(), StandardCharsets.UTF_8);

        byte[] salt = Base64.getDecoder().decode(event.path("salt").asString());
        byte[] leaf = OutsideVerifier.leaf(salt, OutsideRecord.of(event));
        assertThat(answer.headers().getFirst("Content-Type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
        assertThat(Base64.getDecoder().decode(event.path("leafhash").asString()))
                .isEqualTo(leaf);
        assertThat(OutsideVerifier.included(proof, leaf)).isTrue();
        assertThat(verifier.signed(proof.substring(proof.indexOf("\n\n") + 2))).isTrue();
        salt[0] ^= 1;
        assertThat(OutsideVerifier.included(proof, OutsideVerifier.leaf(salt, OutsideRecord.of(event))))
                .isFalse();
    }

    @Test
    void everyCheckpointIsTheBeginningOfEachLaterOne() {
        List<Head> heads = new ArrayList<>();
        for (int count : new int[] {1, 3, 250, 9}) {
            append(count);
            heads.add(sign());
        }
        JsonNode listed = auditor.get("/api/checkpoints?limit=4").json();
        assertThat(listed.valueStream().map(kept -> kept.path("size").asLong()))
                .isEqualTo(heads.reversed().stream().map(Head::size).toList());
        for (Head from : heads) {
            for (Head to : heads) {
                if (from.size() <= to.size()) {
                    JsonNode proof = auditor.get("/api/checkpoints/{from}/consistency/{to}", from.size(), to.size())
                            .json();
                    List<byte[]> hashes = proof.path("hashes")
                            .valueStream()
                            .map(hash -> Base64.getDecoder().decode(hash.asString()))
                            .toList();
                    assertThat(OutsideVerifier.consistent(from, to, hashes)).isTrue();
                    assertThat(Base64.getDecoder()
                                    .decode(proof.path("to").path("root").asString()))
                            .isEqualTo(to.root());
                }
            }
        }
    }

    @Test
    void theListOfCheckpointsLeadsOnToOlderOnes() {
        append(1);
        var unused = sign();
        append(1);
        Head newest = sign();
        Answer first = auditor.get("/api/checkpoints?limit=1");
        assertThat(first.json().get(0).path("size").asLong()).isEqualTo(newest.size());
        assertThat(verifier.signed(first.json().get(0).path("note").asString())).isTrue();
        assertThat(first.headers().getFirst("Link"))
                .isEqualTo("</api/checkpoints?after=" + newest.size() + "&limit=1>; rel=\"next\"");
        assertThat(auditor.get("/api/checkpoints?after={after}&limit=1", newest.size())
                        .json()
                        .get(0)
                        .path("size")
                        .asLong())
                .isEqualTo(newest.size() - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tile/0/999",
                "/tile/0/x999/x999/999",
                "/tile/0/x999/x999/x999/x999/999",
                "/tile/63/000",
                "/tile/64/000",
                "/tile/0/000.p/0",
                "/tile/0/000.p/256",
                "/tile/0/0",
                "/tile/0",
                "/tile/",
                "/tile/entries/x001/000",
                "/tile/一/000",
                "/tile/entries",
                "/tile/0/000/000"
            })
    void aTileThatThereIsNotIsAProblem(String path) {
        Answer answer = open(path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers().getFirst("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("code").asString()).isEqualTo("NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/events/0/proof, 404, NOT_FOUND",
        "/api/events/999999999/proof, 404, NOT_FOUND",
        "/api/events/x/proof, 400, BAD_PARAMETER",
        "/api/events/1/proof?a=b, 400, BAD_PARAMETER",
        "/api/checkpoints?after=-1, 400, BAD_PARAMETER",
        "/api/checkpoints?limit=0, 400, BAD_PARAMETER",
        "/api/checkpoints/2/consistency/1, 400, BAD_PARAMETER",
        "/api/checkpoints/x/consistency/1, 400, BAD_PARAMETER",
        "/api/checkpoints/1/consistency/999999999, 400, POSITION_IN_FUTURE",
        "/checkpoint?a=b, 400, BAD_PARAMETER",
    })
    void aRequestThatMeansNothingIsAProblem(String path, int status, String code) {
        Answer answer = auditor.get(path);
        assertThat(answer.status()).as(path).isEqualTo(status);
        assertThat(answer.json().path("code").asString()).isEqualTo(code);
    }

    @Test
    void proofsAreForThoseWhoMayReadEvents() {
        append(1);
        assertThat(new Visitor(port, "integrator").get("/api/events/1/proof").status())
                .isEqualTo(200);
        assertThat(new Visitor(port, "dashboard").get("/api/events/1/proof").status())
                .isEqualTo(403);
        assertThat(open("/api/events/1/proof").status()).isEqualTo(401);
        assertThat(open("/api/checkpoints").status()).isEqualTo(401);
    }

    @Test
    void healthTellsAuditorsWhatTheSelfCheckFound() {
        JsonNode proof =
                auditor.get("/actuator/health").json().path("components").path("proof");
        assertThat(proof.path("status").asString()).isEqualTo("UP");
        assertThat(proof.path("details").has("journal")).isTrue();
        assertThat(proof.path("details").has("attempts")).isTrue();
        assertThat(open("/actuator/health").json().has("components")).isFalse();
    }
}
