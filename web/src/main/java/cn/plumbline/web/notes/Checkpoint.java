package cn.plumbline.web.notes;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text of a checkpoint: whose tree, how many leaves, which root.
 *
 * @param rootHex 64 lower-case hexadecimal digits
 */
public record Checkpoint(String origin, long size, String rootHex) {

    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final int ROOT_BYTES = 32;

    /**
     * Reads the text of a note.
     *
     * @throws BadNote if it is no checkpoint
     */
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 4 || lines[0].isEmpty() || !SIZE.matcher(lines[1]).matches()) {
            throw new BadNote("not a checkpoint");
        }
        try {
            byte[] root = Base64.getDecoder().decode(lines[2]);
            if (root.length == ROOT_BYTES) {
                return new Checkpoint(
                        lines[0], Long.parseLong(lines[1]), HexFormat.of().formatHex(root));
            }
        } catch (IllegalArgumentException notBase64) {
            // told below
        }
        throw new BadNote("not a root hash: " + lines[2]);
    }

    /**
     * What a note states, if one of the keys signed it.
     *
     * @throws BadNote if none did, if a signature is forged, or if the note is no checkpoint
     */
    public static Checkpoint open(String note, List<VerifierKey> keys) {
        Note parsed = Note.parse(note);
        for (VerifierKey key : keys) {
            if (parsed.isSignedBy(key)) {
                return parse(parsed.text());
            }
        }
        throw new BadNote("signed by none of the keys");
    }

    /** The root as the text has it. */
    public String rootBase64() {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(rootHex));
    }

    /** What is signed. */
    public String text() {
        return origin + "\n" + size + "\n" + rootBase64() + "\n";
    }
}
