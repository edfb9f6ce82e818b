package cn.plumbline.journal.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's side of one SCRAM-SHA-256 authentication: two messages of the client, each answered or refused. Not for
 * several threads at once.
 */
final class Authentication {

    static final String MECHANISM = "SCRAM-SHA-256";

    private static final Pattern CLIENT_FIRST = Pattern.compile("n,,(n=[^,]*,r=([^,]+))");
    private static final Pattern CLIENT_FINAL = Pattern.compile("(c=biws,r=([^,]+)),p=([A-Za-z0-9+/=]+)");

    private final Secret secret;

    /** Both first messages, as far as the proof covers them; empty before the first. */
    private String begun = "";

    private String nonce = "";

    Authentication(Secret secret) {
        this.secret = secret;
    }

    /** The answer to the client's first message; empty if it is none. */
    Optional<byte[]> begin(byte[] message) {
        Matcher first = CLIENT_FIRST.matcher(text(message));
        if (!first.matches()) {
            return Optional.empty();
        }
        nonce = first.group(2) + Secret.randomText();
        String answer = "r=" + nonce + "," + secret.parameters();
        begun = first.group(1) + "," + answer;
        return Optional.of(answer.getBytes(StandardCharsets.UTF_8));
    }

    /** The answer to the client's last message if that proves that it knows the secret; empty if not. */
    Optional<byte[]> finish(byte[] message) {
        Matcher last = CLIENT_FINAL.matcher(text(message));
        if (begun.isEmpty() || !last.matches() || !last.group(2).equals(nonce)) {
            return Optional.empty();
        }
        String conversation = begun + "," + last.group(1);
        begun = "";
        if (!secret.proves(decoded(last.group(3)), conversation)) {
            return Optional.empty();
        }
        String answer = "v=" + Base64.getEncoder().encodeToString(secret.signature(conversation));
        return Optional.of(answer.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException noBase64) {
            return new byte[0];
        }
    }

    private static String text(byte[] message) {
        return new String(message, StandardCharsets.UTF_8);
    }
}
