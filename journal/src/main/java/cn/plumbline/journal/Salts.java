package cn.plumbline.journal;

import java.security.DrbgParameters;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Random bytes that nobody can guess, from a generator that is seeded once, when it is made, and touches no device
 * later, so that it can be asked on reactive threads. Made by a thread that may block.
 */
final class Salts {

    static final int BYTES = 16;
    private static final int DRAWN_AT_ONCE = 256 * BYTES;
    private static final int STRENGTH_BITS = 256;

    private final SecureRandom random;
    private final byte[] drawn = new byte[DRAWN_AT_ONCE];
    private int used = DRAWN_AT_ONCE;

    Salts() {
        try {
            random = SecureRandom.getInstance(
                    "DRBG", DrbgParameters.instantiation(STRENGTH_BITS, DrbgParameters.Capability.NONE, null));
            random.nextBytes(drawn);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized byte[] next() {
        if (used == DRAWN_AT_ONCE) {
            random.nextBytes(drawn);
            used = 0;
        }
        byte[] salt = new byte[BYTES];
        System.arraycopy(drawn, used, salt, 0, BYTES);
        used += BYTES;
        return salt;
    }
}
