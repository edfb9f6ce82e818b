package cn.plumbline.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The file that keeps a journal's {@link ChainState}: magic, format and name of the journal, the state, the SHA-256 of
 * all that. It is for its owner's eyes only, as it holds the key of the tags' hashes. All methods block.
 */
final class IndexFile {

    private static final long MAGIC = 0x706c756d_62696478L; // "plumbidx"
    /** Another layout has another number; a file of another number is not read. */
    private static final int FORMAT = 1;

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path directory;
    private final Path file;
    private final String journal;

    IndexFile(Path directory, String journal) {
        this.directory = directory.toAbsolutePath();
        this.journal = journal;
        file = this.directory.resolve(journal + ".index");
    }

    /**
     * Reads the file.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if it cannot be read, or is not what was written; the message says why
     */
    ChainState read() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            IndexInput in = new IndexInput(channel);
            if (in.remaining() < Long.BYTES || in.readLong() != MAGIC) {
                throw new IOException("it is no index file");
            }
            long format = in.readVarint();
            if (format != FORMAT) {
                throw new IOException("it has format " + format + ", which is not known here");
            }
            if (!in.isWhole()) {
                throw new IOException("it is torn or damaged");
            }
            String name = in.readText();
            if (!name.equals(journal)) {
                throw new IOException("it is of the journal " + name);
            }
            return ChainState.read(in);
        }
    }

    /**
     * Replaces the file as a whole: what stands under its name is always all of one state, or of another.
     *
     * @param state with a block at least
     */
    void write(ChainState state) throws IOException {
        createDirectory();
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            // What a killed process has left is in the way, and has perhaps other permissions.
            var unused = Files.deleteIfExists(fresh);
            try (FileChannel channel = FileChannel.open(
                    fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes("rw-------"))) {
                IndexOutput out = new IndexOutput(channel);
                out.putLong(MAGIC);
                out.putVarint(FORMAT);
                out.putText(journal);
                state.write(out);
                out.finish();
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            var unused = Files.deleteIfExists(fresh);
        }
    }

    private void createDirectory() throws IOException {
        Files.createDirectories(directory, attributes("rwx------"));
        if (POSIX) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
