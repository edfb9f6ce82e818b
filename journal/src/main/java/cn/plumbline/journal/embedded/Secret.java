package cn.plumbline.journal.embedded;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a connection must prove to know: 256 random bits, new at every start and known to this process alone, or kept in
 * a {@link SecretFile} for other processes. It never travels (SCRAM-SHA-256, RFC 5802 and 7677), so that neither the
 * driver's log, which shows the application name, nor the server's, which shows messages, can hold it, nor whoever takes
 * the port over after the server's end.
 */
final class Secret {

    private static final String USER = "plumbline";
    private static final int BYTES = 32;

    /** The fewest that the driver accepts; the secret is too long to be guessed at any number. */
    private static final int ITERATIONS = 4096;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String password;
    private final byte[] salt;
    private final byte[] storedKey;
    private final byte[] serverKey;

    private Secret(String password, byte[] salt) {
        this.password = password;
        this.salt = salt;
        byte[] salted = salted(password, salt);
        this.storedKey = sha256(hmac(salted, "Client Key"));
        this.serverKey = hmac(salted, "Server Key");
    }

    static Secret random() {
        return of(randomText());
    }

    /** The secret that a text of {@link #randomText()} is. */
    static Secret of(String text) {
        return new Secret(text, randomBytes());
    }

    String user() {
        return USER;
    }

    char[] password() {
        return password.toCharArray();
    }

    /** The salt and iterations as the server's first message says them. */
    String parameters() {
        return "s=" + Base64.getEncoder().encodeToString(salt) + ",i=" + ITERATIONS;
    }

    /** Whether the proof shows that its author knows the secret, for this conversation; in constant time. */
    boolean proves(byte[] proof, String conversation) {
        byte[] signature = hmac(storedKey, conversation);
        if (proof.length != signature.length) {
            return false;
        }
        byte[] clientKey = new byte[proof.length];
        for (int n = 0; n < proof.length; n++) {
            clientKey[n] = (byte) (proof[n] ^ signature[n]);
        }
        return MessageDigest.isEqual(storedKey, sha256(clientKey));
    }

    /** What shows the other side that the server knows the secret too. */
    byte[] signature(String conversation) {
        return hmac(serverKey, conversation);
    }

    /** Random printable characters, 256 bits. */
    static String randomText() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes());
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Secret[hidden]";
    }

    private static byte[] randomBytes() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static byte[] salted(String password, byte[] salt) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, BYTES * 8))
                    .getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
