package cn.plumbline.journal.embedded;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a connection must present: 256 random bits, new at every start, known to this process alone. They travel as a
 * SASL PLAIN password (RFC 4616), which the driver keeps out of its log; the driver does log the application name, so
 * that could not carry them.
 */
final class Secret {

    private static final String USER = "plumbline";
    private static final int BYTES = 32;

    private final String password;

    private Secret(String password) {
        this.password = password;
    }

    static Secret random() {
        byte[] bits = new byte[BYTES];
        new SecureRandom().nextBytes(bits);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    String user() {
        return USER;
    }

    char[] password() {
        return password.toCharArray();
    }

    /** Whether a PLAIN message is right, {@code user NUL user NUL password} as Java sends it; in constant time. */
    boolean matches(byte[] message) {
        byte[] expected = (USER + "\0" + USER + "\0" + password).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, message);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
