package cn.plumbline.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** What is hashed of an event: its record, its log entry, its leaf. */
final class Records {

    private static final byte[] ENTRY_HEADER = "plumbline/event/v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final HexFormat HEX = HexFormat.of();

    private Records() {}

    /**
     * Writes the record: canonical JSON (RFC 8785) of
     * {@code {id, metadata, payload, tags, time, type, version}}.
     *
     * @param payload in canonical form
     * @param tags texts, sorted
     */
    static void write(
            Bytes out,
            String id,
            SortedMap<String, String> metadata,
            byte[] payload,
            List<String> tags,
            Instant time,
            String type,
            String version) {
        out.putAscii("{\"id\":");
        CanonicalJson.quote(out, id);
        out.putAscii(",\"metadata\":{");
        String separator = "";
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            out.putAscii(separator);
            CanonicalJson.quote(out, entry.getKey());
            out.put(':');
            CanonicalJson.quote(out, entry.getValue());
            separator = ",";
        }
        out.putAscii("},\"payload\":");
        out.put(payload);
        out.putAscii(",\"tags\":[");
        separator = "";
        for (String tag : tags) {
            out.putAscii(separator);
            CanonicalJson.quote(out, tag);
            separator = ",";
        }
        out.putAscii("],\"time\":\"");
        out.putAscii(time.toString());
        out.putAscii("\",\"type\":");
        CanonicalJson.quote(out, type);
        out.putAscii(",\"version\":");
        CanonicalJson.quote(out, version);
        out.put('}');
    }

    /** The leaf of an event: the hash of its log entry. */
    static byte[] leafHash(MessageDigest sha256, byte[] salt, byte[] record, int recordSize) {
        return MerkleFrontier.leafHash(sha256, entry(sha256, salt, record, recordSize));
    }

    /** The log entry of an event: {@code plumbline/event/v1\n} + hex SHA-256(salt ‖ record). */
    static byte[] entry(MessageDigest sha256, byte[] salt, byte[] record, int recordSize) {
        sha256.update(salt);
        sha256.update(record, 0, recordSize);
        byte[] hex = HEX.formatHex(sha256.digest()).getBytes(StandardCharsets.US_ASCII);
        byte[] entry = new byte[ENTRY_HEADER.length + hex.length];
        System.arraycopy(ENTRY_HEADER, 0, entry, 0, ENTRY_HEADER.length);
        System.arraycopy(hex, 0, entry, ENTRY_HEADER.length, hex.length);
        return entry;
    }
}
