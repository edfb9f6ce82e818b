package cn.plumbline.web.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Checks passwords, by the encoding that each has in front.
 *
 * <p>A program shows its password with every request, and a good encoding is slow on purpose. So the right password of
 * an account is checked slowly once in a process and then recognised by a keyed hash, whose key is in this process only;
 * a wrong one is always slow. An old encoding is not made into a newer one at each login, as Spring's own encoder asks
 * for: nothing would keep the new one.
 */
final class Passwords implements PasswordEncoder {

    private static final String HASH = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final PasswordEncoder slow;
    private final SecretKeySpec key = key();

    /** By the encoded password, so there are at most as many as accounts. */
    private final Map<String, byte[]> known = new ConcurrentHashMap<>();

    Passwords() {
        this(PasswordEncoderFactories.createDelegatingPasswordEncoder());
    }

    Passwords(PasswordEncoder slow) {
        this.slow = slow;
    }

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
        return slow.encode(password);
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
        if (password == null || encoded == null) {
            return false;
        }
        byte[] hash = hash(password);
        byte[] right = known.get(encoded);
        if (right != null && MessageDigest.isEqual(right, hash)) {
            return true;
        }
        boolean matches = slow.matches(password, encoded);
        if (matches) {
            known.put(encoded, hash);
        }
        return matches;
    }

    private byte[] hash(CharSequence password) {
        try {
            Mac mac = Mac.getInstance(HASH);
            mac.init(key);
            return mac.doFinal(password.toString().getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HASH, e);
        }
    }

    private static SecretKeySpec key() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new SecretKeySpec(key, HASH);
    }
}
