package cn.plumbline.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/** A password is checked by its encoding, and not slowly with every request. */
class PasswordsTest {

    private static final String RIGHT = "准绳 correct horse";

    private final Counting slow = new Counting();
    private final Passwords passwords = new Passwords(slow);
    private final String encoded = String.valueOf(passwords.encode(RIGHT));

    @Test
    void theRightOneMatchesEveryTimeAndIsCheckedSlowlyOnce() {
        assertThat(encoded).startsWith("{bcrypt}");
        for (int i = 0; i < 5; i++) {
            assertThat(passwords.matches(RIGHT, encoded)).isTrue();
        }
        assertThat(slow.checks).isEqualTo(1);
    }

    @Test
    void aWrongOneNeverMatchesAndIsAlwaysCheckedSlowly() {
        assertThat(passwords.matches(RIGHT, encoded)).isTrue();
        for (String wrong : new String[] {"", "x", RIGHT + " ", encoded}) {
            assertThat(passwords.matches(wrong, encoded)).as(wrong).isFalse();
        }
        assertThat(slow.checks).isEqualTo(5);
        assertThat(passwords.matches(null, encoded)).isFalse();
    }

    @Test
    void theRightOneOfOneAccountIsWrongForAnother() {
        String other = String.valueOf(passwords.encode("other"));
        assertThat(passwords.matches(RIGHT, encoded)).isTrue();
        assertThat(passwords.matches("other", other)).isTrue();
        assertThat(passwords.matches(RIGHT, other)).isFalse();
        assertThat(passwords.matches("other", encoded)).isFalse();
    }

    @Test
    void aPlainOneOfTheDemoIsNotToBeEncodedAnew() {
        assertThat(passwords.matches("clerk", "{noop}clerk")).isTrue();
        assertThat(passwords.upgradeEncoding("{noop}clerk")).isFalse();
    }

    /** Spring's own encoder, counting. */
    private static final class Counting implements PasswordEncoder {

        private final PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();
        private int checks;

        @Override
        public @Nullable String encode(@Nullable CharSequence password) {
            return encoder.encode(password);
        }

        @Override
        public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
            checks++;
            return encoder.matches(password, encoded);
        }
    }
}
