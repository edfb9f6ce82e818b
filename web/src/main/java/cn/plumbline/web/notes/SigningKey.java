package cn.plumbline.web.notes;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;

/** A key that signs notes under a name. Its file is PKCS #8 in PEM, as {@code openssl genpkey -algorithm ed25519} writes. */
public final class SigningKey {

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final VerifierKey verifier;
    private final KeyPair pair;

    private SigningKey(String name, KeyPair pair) {
        this.pair = pair;
        this.verifier = new VerifierKey(name, Ed25519.raw(pair.getPublic()));
    }

    /** A key that nobody had before, as the text of its file. */
    public static String generatePem() {
        byte[] pkcs8 = Ed25519.generate().getPrivate().getEncoded();
        return BEGIN + "\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs8) + "\n" + END + "\n";
    }

    /**
     * The key of a file.
     *
     * @param pem what the file holds
     * @throws BadNote if that is not an Ed25519 key
     */
    public static SigningKey read(String name, String pem) {
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new BadNote("not a private key in PEM");
        }
        try {
            byte[] pkcs8 = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
            return new SigningKey(name, Ed25519.pair(pkcs8));
        } catch (IllegalArgumentException notBase64) {
            throw new BadNote("not a private key in PEM");
        }
    }

    /** What others verify with. */
    public VerifierKey verifier() {
        return verifier;
    }

    /** Signs a text that ends with a newline. */
    public Note.Signature sign(String text) {
        byte[] signed = Ed25519.sign(pair.getPrivate(), text.getBytes(StandardCharsets.UTF_8));
        return new Note.Signature(verifier.name(), verifier.id(), signed);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "SigningKey[" + verifier + "]";
    }
}
