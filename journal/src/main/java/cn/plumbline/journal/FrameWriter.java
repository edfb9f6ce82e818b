package cn.plumbline.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes frames, the stored form of events (format 1): length of the rest (4 bytes, big-endian); then the header that
 * the index is built from: time (8 bytes, microseconds since 1970), type, version, number of tags and their texts in
 * order; then id, number of metadata entries and their names and values in order, payload; last the salt (16 bytes).
 * Texts are UTF-8 behind their length in bytes; lengths and numbers are varints.
 */
final class FrameWriter {

    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private final TagHash tagHash;
    private final Salts salts;

    FrameWriter(TagHash tagHash, Salts salts) {
        this.tagHash = tagHash;
        this.salts = salts;
    }

    /** Encodes and hashes; pure but for the salts. */
    List<PreparedEvent> prepare(List<NewEvent> events) {
        Scratch scratch = SCRATCH.get();
        List<PreparedEvent> prepared = new ArrayList<>(events.size());
        for (NewEvent event : events) {
            scratch.clear();
            prepared.add(prepare(event, scratch.sha256, scratch.record, scratch.frame));
        }
        return prepared;
    }

    /** The criteria of a condition, hashed as the tags of events are. */
    HashedCriteria hashed(Criteria criteria) {
        return HashedCriteria.of(criteria, tagHash);
    }

    /** What a thread needs for encoding, kept, because making it takes as long as a small event. */
    private static final class Scratch {
        private static final int MOST_KEPT = 1 << 16;

        private final MessageDigest sha256 = Sha256.digest();
        private Bytes record = new Bytes(1024);
        private Bytes frame = new Bytes(1024);

        void clear() {
            record = cleared(record);
            frame = cleared(frame);
        }

        private static Bytes cleared(Bytes bytes) {
            if (bytes.size() > MOST_KEPT) {
                return new Bytes(1024);
            }
            bytes.clear();
            return bytes;
        }
    }

    private PreparedEvent prepare(NewEvent event, MessageDigest sha256, Bytes record, Bytes frame) {
        if (event.time().isBefore(EARLIEST) || event.time().isAfter(LATEST)) {
            throw new IllegalArgumentException("An event's time lies in the years 0 to 9999: " + event.time());
        }
        List<String> tags = sortedTags(event);
        SortedMap<String, String> metadata = new TreeMap<>(event.metadata());
        byte[] payload = CanonicalJson.of(event.payload());
        byte[] salt = salts.next();
        Records.write(record, event.id(), metadata, payload, tags, event.time(), event.type(), event.version());

        long timeMicros = ChronoUnit.MICROS.between(Instant.EPOCH, event.time());
        long[] tagHashes = new long[tags.size()];
        frame.putInt(0);
        frame.putLong(timeMicros);
        putText(frame, event.type());
        putText(frame, event.version());
        frame.putVarint(tagHashes.length);
        for (int i = 0; i < tagHashes.length; i++) {
            byte[] text = tags.get(i).getBytes(StandardCharsets.UTF_8);
            tagHashes[i] = tagHash.of(text);
            putText(frame, text);
        }
        putText(frame, event.id());
        frame.putVarint(metadata.size());
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            putText(frame, entry.getKey());
            putText(frame, entry.getValue());
        }
        frame.putVarint(payload.length);
        frame.put(payload);
        frame.put(salt);
        frame.setInt(0, frame.size() - Integer.BYTES);
        byte[] leaf = Records.leafHash(sha256, salt, record.unsafeArray(), record.size());
        return new PreparedEvent(event, timeMicros, tagHashes, frame.toArray(), leaf);
    }

    private static List<String> sortedTags(NewEvent event) {
        List<String> tags = new ArrayList<>(event.tags().size());
        for (Tag tag : event.tags()) {
            tags.add(tag.text());
        }
        tags.sort(null);
        return tags;
    }

    private static void putText(Bytes out, String text) {
        putText(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void putText(Bytes out, byte[] utf8) {
        out.putVarint(utf8.length);
        out.put(utf8);
    }
}
