package cn.plumbline.web.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.plumbline.web.notes.BadNote;
import cn.plumbline.web.notes.Note;
import cn.plumbline.web.notes.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {

    private static final String NAME = "records.example";

    @TempDir
    private Path data;

    private Path keys() {
        return data.resolve("keys");
    }

    private List<String> verifiers() throws IOException {
        return KeyRing.inDirectory(keys(), NAME).verifiers().stream()
                .map(VerifierKey::encoded)
                .toList();
    }

    @Test
    void theFirstStartMakesAKeyThatLasts() throws IOException {
        assertThat(verifiers()).hasSize(1).isEqualTo(verifiers());
    }

    @Test
    void aKeyIsForItsOwnersEyesOnly() throws IOException {
        assertThat(verifiers()).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys())))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(keys())) {
            assertThat(files.toList()).singleElement().satisfies(file -> {
                assertThat(file).hasFileName("0001.pem");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            });
        }
    }

    @Test
    void theNewestKeySignsAndTheOneBeforeCosigns() throws IOException {
        String first = verifiers().getFirst();
        assertThat(KeyRing.rotate(keys())).hasFileName("0002.pem");
        assertThat(KeyRing.rotate(keys())).hasFileName("0003.pem");

        KeyRing ring = KeyRing.inDirectory(keys(), NAME);
        List<VerifierKey> verifiers = ring.verifiers();
        Note note = ring.sign("text\n");

        assertThat(verifiers).hasSize(3);
        assertThat(verifiers.getLast().encoded()).isEqualTo(first);
        assertThat(note.signatures()).hasSize(2);
        assertThat(note.isSignedBy(verifiers.get(0))).isTrue();
        assertThat(note.isSignedBy(verifiers.get(1))).isTrue();
        assertThat(note.isSignedBy(verifiers.get(2))).isFalse();
    }

    @Test
    void aFileThatHoldsNoKeyIsRefused() throws IOException {
        Path file = data.resolve("key.pem");
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> KeyRing.ofFiles(List.of(file), NAME)).isInstanceOf(BadNote.class);
    }
}
