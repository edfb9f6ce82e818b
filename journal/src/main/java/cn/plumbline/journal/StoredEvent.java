package cn.plumbline.journal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An event as it was recorded. Immutable; what is not asked for is not decoded. Arrays are handed out as fresh copies.
 */
public final class StoredEvent {

    private final long position;
    private final Instant recordedAt;
    private final byte[] frame;

    private final long timeMicros;
    private final String type;
    private final String version;
    private final List<String> tagTexts;
    private final int detailsAt;

    private @Nullable Set<Tag> tags;
    private @Nullable Details details;

    /**
     * @param frame without its leading length
     */
    StoredEvent(long position, Instant recordedAt, byte[] frame) {
        this.position = position;
        this.recordedAt = recordedAt;
        this.frame = frame;
        FrameReader reader = new FrameReader(frame, 0);
        timeMicros = reader.readLong();
        type = reader.readText();
        version = reader.readText();
        int count = reader.readVarint();
        List<String> texts = new ArrayList<>(Math.min(count, frame.length));
        for (int i = 0; i < count; i++) {
            texts.add(reader.readText());
        }
        tagTexts = texts;
        detailsAt = reader.position();
    }

    /**
     * Where it stands in the journal.
     *
     * @return its position; the first event's is 1
     */
    public long position() {
        return position;
    }

    /**
     * When its block was recorded.
     *
     * @return never earlier than that of the event before it
     */
    public Instant recordedAt() {
        return recordedAt;
    }

    /**
     * The event's id.
     *
     * @return as given
     */
    public String id() {
        return details().id;
    }

    /**
     * The qualified event name.
     *
     * @return as given
     */
    public String type() {
        return type;
    }

    /**
     * Version of the payload's schema.
     *
     * @return as given
     */
    public String version() {
        return version;
    }

    /**
     * When the event came about, by its maker's clock.
     *
     * @return as given, to the microsecond
     */
    public Instant time() {
        return Instant.EPOCH.plus(timeMicros, ChronoUnit.MICROS);
    }

    /**
     * What the event is about.
     *
     * @return unmodifiable, ordered by {@link Tag#text()}
     */
    public Set<Tag> tags() {
        Set<Tag> known = tags;
        if (known == null) {
            Set<Tag> parsed = LinkedHashSet.newLinkedHashSet(tagTexts.size());
            for (String text : tagTexts) {
                parsed.add(Tag.parse(text));
            }
            known = Collections.unmodifiableSet(parsed);
            tags = known;
        }
        return known;
    }

    /**
     * The envelope.
     *
     * @return unmodifiable, ordered by name
     */
    public Map<String, String> metadata() {
        return details().metadata;
    }

    /**
     * The payload as recorded.
     *
     * @return canonical JSON in UTF-8
     */
    public byte[] payload() {
        Details known = details();
        return new FrameReader(frame, known.payloadAt).readBytes(known.payloadLength);
    }

    /**
     * The random salt of its log entry; only those who may read the event may have it.
     *
     * @return 16 bytes
     */
    public byte[] salt() {
        return new FrameReader(frame, frame.length - Salts.BYTES).readBytes(Salts.BYTES);
    }

    /**
     * The record: canonical JSON (RFC 8785) of id, metadata, payload, tags (texts, sorted), time, type and version.
     *
     * @return UTF-8, the same bytes for ever
     */
    public byte[] record() {
        return recordBytes().toArray();
    }

    /**
     * Its log entry, which tells nothing about it without its salt: {@code plumbline/event/v1\n} + hexadecimal
     * SHA-256(salt ‖ record).
     *
     * @return ASCII, the same bytes for ever
     */
    public byte[] logEntry() {
        Bytes record = recordBytes();
        return Records.entry(Sha256.digest(), salt(), record.unsafeArray(), record.size());
    }

    /**
     * Its leaf in the journal's Merkle tree: SHA-256 of a zero byte and the {@link #logEntry() log
     * entry}. The leaf's index is its position less one.
     *
     * @return 32 bytes
     */
    public byte[] leafHash() {
        Bytes record = recordBytes();
        return Records.leafHash(Sha256.digest(), salt(), record.unsafeArray(), record.size());
    }

    @Override
    public String toString() {
        return type + " at " + position;
    }

    long timeMicros() {
        return timeMicros;
    }

    List<String> tagTexts() {
        return tagTexts;
    }

    /** Whether the frame ends where its salt ends, as every frame that was written does. */
    boolean isWhole() {
        Details known = details();
        return known.payloadAt + known.payloadLength + Salts.BYTES == frame.length;
    }

    private Bytes recordBytes() {
        Details known = details();
        Bytes out = new Bytes(frame.length * 2);
        Records.write(out, known.id, known.metadata, payload(), tagTexts, time(), type, version);
        return out;
    }

    private Details details() {
        Details known = details;
        if (known == null) {
            known = new Details(new FrameReader(frame, detailsAt));
            details = known;
        }
        return known;
    }

    /** What lies behind the header. */
    private static final class Details {
        private final String id;
        private final SortedMap<String, String> metadata;
        private final int payloadAt;
        private final int payloadLength;

        private Details(FrameReader reader) {
            id = reader.readText();
            SortedMap<String, String> entries = new TreeMap<>();
            for (int left = reader.readVarint(); left > 0; left--) {
                String name = reader.readText();
                entries.put(name, reader.readText());
            }
            metadata = Collections.unmodifiableSortedMap(entries);
            payloadLength = reader.readVarint();
            payloadAt = reader.position();
        }
    }
}
