package cn.plumbline.journal.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A data directory that this process alone holds, by a lock of the operating system, from {@link #claim} to
 * {@link #release}. The lock ends with the process, however that ends, so nothing stale can keep a directory closed.
 */
final class DataDirectory {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path directory;
    private final FileChannel channel;
    private final OwnerFile ownerFile;

    private DataDirectory(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
        this.ownerFile = new OwnerFile(directory);
    }

    /**
     * Creates the directory where it is missing, closes it to other users where the file system can, and locks it.
     *
     * @throws DataDirectoryInUse if another process, or another part of this one, has it
     */
    static DataDirectory claim(Path path) throws IOException {
        Path directory = path.toAbsolutePath().normalize();
        createForOwnerOnly(directory);
        FileChannel channel = FileChannel.open(
                directory.resolve("plumbline.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new DataDirectoryInUse(directory, new OwnerFile(directory).read());
        }
        DataDirectory claimed = new DataDirectory(directory, channel);
        claimed.describe(OptionalInt.empty());
        return claimed;
    }

    /** The file that holds the data. */
    Path storeFile() {
        return directory.resolve("plumbline.mv");
    }

    /** The file that holds the secret of a shared database. */
    Path secretFile() {
        return directory.resolve("plumbline.secret");
    }

    /** Tells a second process, should one come, whom it meets here. */
    void describe(OptionalInt httpPort) throws IOException {
        ownerFile.write(
                new OwnerFile.Owner(OptionalLong.of(ProcessHandle.current().pid()), httpPort));
    }

    /** Gives the directory free. The lock file itself stays: deleting it would let two processes lock two files. */
    void release() throws IOException {
        try {
            ownerFile.delete();
        } finally {
            channel.close();
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static void createForOwnerOnly(Path directory) throws IOException {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(directory);
            return;
        }
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.setPosixFilePermissions(directory, OWNER_ONLY);
    }
}
