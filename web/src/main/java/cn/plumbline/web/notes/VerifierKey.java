package cn.plumbline.web.notes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What one needs to verify an Ed25519 signature on a note: {@code name+id+key}, the id in 8 hexadecimal digits, the key
 * in base64 with the type of signature, 1, in front.
 */
public final class VerifierKey {

    private static final byte TYPE = 1;
    private static final int ID_DIGITS = 8;

    private final String name;
    private final byte[] publicKey;
    private final int id;

    VerifierKey(String name, byte[] publicKey) {
        if (!KeyName.isValid(name)) {
            throw new BadNote("not a name of a key: " + name);
        }
        this.name = name;
        this.publicKey = publicKey.clone();
        this.id = id(name, publicKey);
    }

    private static int id(String name, byte[] publicKey) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(name.getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) '\n');
            sha256.update(TYPE);
            return ByteBuffer.wrap(sha256.digest(publicKey)).getInt();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads a key.
     *
     * @throws BadNote if the text is not one, or if its id is not that of its name and key
     */
    public static VerifierKey parse(String text) {
        String[] parts = text.split("\\+", 3); // base64 has plus signs of its own
        if (parts.length == 3) {
            try {
                byte[] typed = Base64.getDecoder().decode(parts[2]);
                if (typed.length == 1 + Ed25519.KEY_BYTES && typed[0] == TYPE) {
                    VerifierKey key = new VerifierKey(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
                    if (key.hexId().equals(parts[1])) {
                        return key;
                    }
                }
            } catch (IllegalArgumentException notBase64) {
                // told below
            }
        }
        throw new BadNote("not a verifier key: " + text);
    }

    /** The name of the key. */
    public String name() {
        return name;
    }

    /** By which a signature line says which key made it. */
    public int id() {
        return id;
    }

    private String hexId() {
        return HexFormat.of().toHexDigits(id, ID_DIGITS);
    }

    boolean verifies(Note note, Note.Signature signature) {
        return Ed25519.verify(publicKey, note.signedBytes(), signature.bytes());
    }

    /** The key as others read it. */
    public String encoded() {
        byte[] typed = ByteBuffer.allocate(1 + publicKey.length)
                .put(TYPE)
                .put(publicKey)
                .array();
        return name + "+" + hexId() + "+" + Base64.getEncoder().encodeToString(typed);
    }

    @Override
    public String toString() {
        return encoded();
    }
}
