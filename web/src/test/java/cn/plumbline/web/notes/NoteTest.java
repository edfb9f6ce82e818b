package cn.plumbline.web.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteTest {

    private static final String NAME = "records.example/journal";

    /** The first test vector of RFC 8032, section 7.1. */
    private static final String SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    private static final String PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    private static SigningKey key() {
        byte[] pkcs8 = HexFormat.of().parseHex("302e020100300506032b657004220420" + SEED);
        return SigningKey.read(
                NAME,
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(pkcs8)
                        + "\n-----END PRIVATE KEY-----\n");
    }

    private static Note signed(String text, SigningKey... keys) {
        return new Note(text, Arrays.stream(keys).map(key -> key.sign(text)).toList());
    }

    @Nested
    class AVerifierKey {

        @Test
        void isNameIdAndTypedPublicKey() {
            String[] parts = key().verifier().encoded().split("\\+", 3);
            assertThat(parts[0]).isEqualTo(NAME);
            assertThat(HexFormat.of().formatHex(Base64.getDecoder().decode(parts[2])))
                    .isEqualTo("01" + PUBLIC);
            assertThat(VerifierKey.parse(key().verifier().encoded()).id())
                    .isEqualTo(key().verifier().id());
        }

        @Test
        void isThatOfTheSharedTestVector() {
            // The key of the Go checksum database, https://sum.golang.org.
            String text = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
            assertThat(VerifierKey.parse(text).encoded()).isEqualTo(text);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "name",
                    "name+033de0ae+AAAA",
                    "sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
                    "other+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
                    "a b+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
                    "sum.golang.org+033de0ae+!!"
                })
        void thatIsNoneIsRefused(String text) {
            assertThatThrownBy(() -> VerifierKey.parse(text)).isInstanceOf(BadNote.class);
        }
    }

    @Nested
    class ASignedNote {

        @Test
        void isVerifiedByAnotherImplementationOfEd25519() {
            Note note = Note.parse(signed("origin\n3\nAAAA\n", key()).encoded());
            byte[] text = "origin\n3\nAAAA\n".getBytes(StandardCharsets.UTF_8);
            Ed25519Signer other = new Ed25519Signer();
            other.init(false, new Ed25519PublicKeyParameters(HexFormat.of().parseHex(PUBLIC)));
            other.update(text, 0, text.length);
            assertThat(other.verifySignature(note.signatures().getFirst().bytes()))
                    .isTrue();
        }

        @Test
        void isKnownByEachOfItsKeys() {
            SigningKey second = SigningKey.read(NAME, SigningKey.generatePem());
            SigningKey stranger = SigningKey.read(NAME, SigningKey.generatePem());
            Note note = Note.parse(signed("text\n", key(), second).encoded());
            assertThat(note.isSignedBy(key().verifier())).isTrue();
            assertThat(note.isSignedBy(second.verifier())).isTrue();
            assertThat(note.isSignedBy(stranger.verifier())).isFalse();
        }

        @Test
        void withAnotherTextIsAForgery() {
            Note note = Note.parse(signed("text\n", key()).encoded().replace("text", "next"));
            assertThatThrownBy(() -> note.isSignedBy(key().verifier())).isInstanceOf(BadNote.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "text",
                    "text\n\n",
                    "text\n\n— name\n",
                    "text\n\n- name AAAAAAAA\n",
                    "text\n\n— name AAAA\n",
                    "text\n\n— name AAAAAAAA",
                    "te\u0007xt\n\n— name AAAAAAAA\n"
                })
        void thatIsNoneIsRefused(String text) {
            assertThatThrownBy(() -> Note.parse(text)).isInstanceOf(BadNote.class);
        }
    }

    @Nested
    class ACheckpoint {

        @Test
        void isThreeLines() {
            String root = "aa".repeat(32);
            String text = new Checkpoint(NAME, 12, root).text();
            assertThat(text).isEqualTo(NAME + "\n12\nqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo=\n");
            assertThat(Checkpoint.parse(text)).isEqualTo(new Checkpoint(NAME, 12, root));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a\n1\n",
                    "a\n01\nqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo=\n",
                    "a\n-1\nqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo=\n",
                    "\n1\nqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo=\n",
                    "a\n1\nqqqq\n"
                })
        void thatIsNoneIsRefused(String text) {
            assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(BadNote.class);
        }
    }

    @Nested
    class AName {

        @Test
        void hasNoSpaceOfAnyScriptAndNoPlus() {
            assertThat(List.of("plumbline.invalid/journals/journal", "记录.example"))
                    .allMatch(KeyName::isValid);
            assertThat(List.of("", "a b", "a\u3000b", "a\u00a0b", "a+b", "a\nb", "a\u0000b"))
                    .noneMatch(KeyName::isValid);
        }
    }
}
