package cn.plumbline.journal.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The secret of a shared database, for its owner's eyes only. It stays the same over restarts, so that the other
 * processes need not be restarted with the database. Who deletes the file gets a new one at the next start.
 */
final class SecretFile {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

    private SecretFile() {}

    /**
     * Reads the secret, or makes one where there is none. Whoever calls this holds the directory.
     *
     * @throws IllegalStateException if the file holds anything else
     */
    static Secret readOrMake(Path file) throws IOException {
        if (Files.notExists(file)) {
            make(file);
        }
        String text = Files.readString(file, StandardCharsets.UTF_8).strip();
        if (!SECRET.matcher(text).matches()) {
            throw new IllegalStateException("不是密钥，删除后将新建 / Not a secret; delete the file to get a new one: " + file);
        }
        return Secret.of(text);
    }

    /** The file is whole before it has its name, and nobody else could ever open it. */
    private static void make(Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        FileAttribute<?>[] attributes =
                fresh.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                        : new FileAttribute<?>[0];
        try (FileChannel channel =
                FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            ByteBuffer bytes = ByteBuffer.wrap((Secret.randomText() + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                var unused = channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
