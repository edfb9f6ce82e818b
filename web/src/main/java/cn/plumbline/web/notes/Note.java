package cn.plumbline.web.notes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A text and who signed it.
 *
 * @param text ends with a newline
 */
public record Note(String text, List<Signature> signatures) {

    /** More are not read. */
    private static final int SIGNATURES_MAX = 64;

    private static final String DASH = "— ";
    private static final int ID_BYTES = 4;

    /**
     * One signature line.
     *
     * @param name of the key
     * @param keyId of the key
     * @param bytes what the key's algorithm made
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Signature(String name, int keyId, byte[] bytes) {

        String line() {
            byte[] all = ByteBuffer.allocate(ID_BYTES + bytes.length)
                    .putInt(keyId)
                    .put(bytes)
                    .array();
            return DASH + name + " " + Base64.getEncoder().encodeToString(all) + "\n";
        }
    }

    /**
     * Reads a signed note.
     *
     * @throws BadNote if the text is not one
     */
    public static Note parse(String note) {
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0 || !note.endsWith("\n") || note.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new BadNote("not a signed note");
        }
        List<Signature> signatures = new ArrayList<>();
        for (String line : note.substring(blank + 2).split("\n", SIGNATURES_MAX + 1)) {
            if (!line.isEmpty()) {
                signatures.add(signature(line));
            }
        }
        if (signatures.isEmpty()) {
            throw new BadNote("a note without a signature");
        }
        return new Note(note.substring(0, blank + 1), List.copyOf(signatures));
    }

    private static Signature signature(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 3 || !line.startsWith(DASH) || !KeyName.isValid(words[1])) {
            throw new BadNote("not a signature line: " + line);
        }
        try {
            byte[] all = Base64.getDecoder().decode(words[2]);
            if (all.length > ID_BYTES) {
                int id = ByteBuffer.wrap(all).getInt();
                return new Signature(words[1], id, Arrays.copyOfRange(all, ID_BYTES, all.length));
            }
        } catch (IllegalArgumentException notBase64) {
            // told below
        }
        throw new BadNote("not a signature: " + words[2]);
    }

    /** What is signed. */
    public byte[] signedBytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The note as others read it. */
    public String encoded() {
        StringBuilder all = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> all.append(signature.line()));
        return all.toString();
    }

    /**
     * Whether a key signed this. A signature under the key's name and id that does not verify is a forgery.
     *
     * @throws BadNote for a forgery
     */
    public boolean isSignedBy(VerifierKey key) {
        boolean signed = false;
        for (Signature signature : signatures) {
            if (signature.name().equals(key.name()) && signature.keyId() == key.id()) {
                if (!key.verifies(this, signature)) {
                    throw new BadNote("the signature by " + key.name() + " does not verify");
                }
                signed = true;
            }
        }
        return signed;
    }
}
