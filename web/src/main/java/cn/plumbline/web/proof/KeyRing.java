package cn.plumbline.web.proof;

import cn.plumbline.web.notes.Note;
import cn.plumbline.web.notes.SigningKey;
import cn.plumbline.web.notes.VerifierKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys that sign checkpoints, newest first. The newest signs, and the one before it co-signs, so that those who have
 * not heard of a new key yet can still verify.
 */
public final class KeyRing {

    private static final int SIGNERS = 2;

    private final List<SigningKey> keys;

    private KeyRing(List<SigningKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads the keys of a directory, and makes the first one where there is none. Blocks.
     *
     * @param name of the keys
     */
    public static KeyRing inDirectory(Path directory, String name) throws IOException {
        KeyDirectory files = new KeyDirectory(directory);
        List<Path> found = files.newestFirst();
        if (found.isEmpty()) {
            files.addFirst(SigningKey.generatePem());
            found = files.newestFirst();
        }
        return ofFiles(found, name);
    }

    /**
     * Reads keys of files. Blocks.
     *
     * @param newestFirst at least one
     * @throws cn.plumbline.web.notes.BadNote if one is not an Ed25519 key
     */
    public static KeyRing ofFiles(List<Path> newestFirst, String name) throws IOException {
        List<SigningKey> keys = new ArrayList<>();
        for (Path file : newestFirst) {
            keys.add(SigningKey.read(name, KeyDirectory.read(file)));
        }
        return new KeyRing(keys);
    }

    /** A key that ends with this process, for a database that does so too. */
    public static KeyRing passing(String name) {
        return new KeyRing(List.of(SigningKey.read(name, SigningKey.generatePem())));
    }

    /**
     * Makes a new key in a directory; processes use it from their next start on. Blocks.
     *
     * @return the file
     */
    public static Path rotate(Path directory) throws IOException {
        return new KeyDirectory(directory).add(SigningKey.generatePem());
    }

    /** Signs a text that ends with a newline. */
    Note sign(String text) {
        return new Note(
                text, keys.stream().limit(SIGNERS).map(key -> key.sign(text)).toList());
    }

    /** What others verify with, newest first. */
    public List<VerifierKey> verifiers() {
        return keys.stream().map(SigningKey::verifier).toList();
    }
}
