package cn.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;

class FrameTest {

    private static final TagHash HASH = new TagHash(new byte[16]);
    private static final FrameWriter WRITER = new FrameWriter(HASH, new Salts());

    private static StoredEvent stored(PreparedEvent prepared) {
        byte[] frame = prepared.frame();
        return new StoredEvent(1, Instant.EPOCH, Arrays.copyOfRange(frame, Integer.BYTES, frame.length));
    }

    @Test
    void aRecordIsTheCanonicalJsonOfTheWholeEvent() {
        NewEvent event = new NewEvent(
                "0190a1b2.1",
                "dispatch.UnitCoverageStarted",
                "1",
                Instant.parse("2015-12-30T08:00:00.120Z"),
                Set.of(new Tag("unit", "002"), new Tag("group", "\"G\"")),
                Map.of("organId", "NMG", "actor", "人员-001"),
                "{ \"unitId\": \"002\", \"effectiveFrom\": \"2015-12-30\" }".getBytes(StandardCharsets.UTF_8));

        StoredEvent stored = stored(WRITER.prepare(List.of(event)).getFirst());

        assertThat(stored.record())
                .asString()
                .isEqualTo("{\"id\":\"0190a1b2.1\",\"metadata\":{\"actor\":\"人员-001\",\"organId\":\"NMG\"},"
                        + "\"payload\":{\"effectiveFrom\":\"2015-12-30\",\"unitId\":\"002\"},"
                        + "\"tags\":[\"group:\\\"G\\\"\",\"unit:002\"],\"time\":\"2015-12-30T08:00:00.120Z\","
                        + "\"type\":\"dispatch.UnitCoverageStarted\",\"version\":\"1\"}");
    }

    @Test
    void aLeafIsTheHashOfAnEntryThatNamesTheSaltedRecord() {
        PreparedEvent prepared = WRITER.prepare(List.of(Samples.started())).getFirst();
        StoredEvent stored = stored(prepared);

        String digest = HexFormat.of().formatHex(NaiveMerkleTree.sha256(stored.salt(), stored.record()));
        byte[] entry = ("plumbline/event/v1\n" + digest).getBytes(StandardCharsets.US_ASCII);

        assertThat(stored.leafHash()).isEqualTo(NaiveMerkleTree.leafHash(entry));
        assertThat(prepared.leafHash()).isEqualTo(stored.leafHash());
    }

    @Test
    void saltsDifferAndAreLong() {
        Set<String> salts = new HashSet<>();
        for (PreparedEvent prepared : WRITER.prepare(Collections.nCopies(1000, Samples.started()))) {
            byte[] salt = stored(prepared).salt();
            assertThat(salt).hasSize(16);
            salts.add(HexFormat.of().formatHex(salt));
        }
        assertThat(salts).hasSize(1000);
    }

    @Test
    void randomEventsComeBackAndTheirRecordsAreCanonical() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            NewEvent event = randomEvent(random);
            StoredEvent stored = stored(WRITER.prepare(List.of(event)).getFirst());

            assertThat(stored.id()).as("seed %d", seed).isEqualTo(event.id());
            assertThat(stored.type()).isEqualTo(event.type());
            assertThat(stored.version()).isEqualTo(event.version());
            assertThat(stored.time()).isEqualTo(event.time());
            assertThat(stored.tags()).isEqualTo(event.tags());
            assertThat(stored.metadata()).isEqualTo(event.metadata());
            assertThat(stored.payload()).isEqualTo(CanonicalJson.of(event.payload()));
            assertThat(stored.isWhole()).isTrue();
            String record = new String(stored.record(), StandardCharsets.UTF_8);
            assertThat(record).isEqualTo(new JsonCanonicalizer(record).getEncodedString());
        }
    }

    private static NewEvent randomEvent(Random random) {
        Set<Tag> tags = new HashSet<>();
        Map<String, String> metadata = new HashMap<>();
        for (int left = random.nextInt(6); left > 0; left--) {
            tags.add(new Tag("k" + random.nextInt(3), text(random)));
            metadata.put(text(random), text(random));
        }
        return new NewEvent(
                text(random),
                "t" + text(random),
                text(random),
                Instant.ofEpochSecond(
                        random.nextLong(-62_167_219_200L, 253_402_300_799L), random.nextInt(1_000_000_000)),
                tags,
                metadata,
                RandomJson.value(random, 3).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(12), 0, 0x11000)
                .map(c -> c >= 0x10000 ? 0x1f600 + (c & 0x3f) : Character.isSurrogate((char) c) ? '准' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void aTextThatIsNotUnicodeIsRefused() {
        NewEvent event = new NewEvent(
                "\ud800", "t", "1", Instant.EPOCH, Set.of(), Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> WRITER.prepare(List.of(event))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTimeOutsideTheYearsOfFourDigitsIsRefused() {
        NewEvent event = new NewEvent(
                "e",
                "t",
                "1",
                Instant.parse("+10000-01-01T00:00:00Z"),
                Set.of(),
                Map.of(),
                "{}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> WRITER.prepare(List.of(event))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tagHashesAreSipHash24() {
        byte[] key = new byte[16];
        byte[] text = new byte[15];
        for (int i = 0; i < 16; i++) {
            key[i] = (byte) i;
        }
        for (int i = 0; i < 15; i++) {
            text[i] = (byte) i;
        }
        assertThat(new TagHash(key).of(text)).isEqualTo(0xa129ca6149be45e5L);
    }
}
