package cn.plumbline.web.proof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files of keys, {@code 0001.pem}, {@code 0002.pem} …, the highest number the newest; for their owner's eyes only. */
final class KeyDirectory {

    private static final Pattern NAME = Pattern.compile("\\d{4}\\.pem");
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path directory;

    KeyDirectory(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    List<Path> newestFirst() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    /** Makes the first file, unless another process does so at the same time. */
    void addFirst(String text) throws IOException {
        try {
            var unused = add(text, 1);
        } catch (FileAlreadyExistsException another) {
            // Its key is as good.
        }
    }

    Path add(String text) throws IOException {
        List<Path> files = newestFirst();
        int newest = files.isEmpty()
                ? 0
                : Integer.parseInt(files.getFirst().getFileName().toString().substring(0, 4));
        return add(text, newest + 1);
    }

    /** The file is whole and on the disk before it has its name, so that nobody ever reads half a key. */
    private Path add(String text, int number) throws IOException {
        Files.createDirectories(directory, attributes("rwx------"));
        if (POSIX) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        Path fresh = directory.resolve("new-" + UUID.randomUUID());
        Path file = directory.resolve("%04d.pem".formatted(number));
        try (FileChannel channel = FileChannel.open(
                fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes("rw-------"))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                var unused = channel.write(bytes);
            }
            channel.force(true);
        }
        try {
            giveName(fresh, file);
        } finally {
            var unused = Files.deleteIfExists(fresh);
        }
        syncDirectory();
        return file;
    }

    /** By a link, which unlike a rename never replaces a key that is there. */
    private static void giveName(Path fresh, Path file) throws IOException {
        try {
            Files.createLink(file, fresh);
        } catch (UnsupportedOperationException noLinks) {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void syncDirectory() throws IOException {
        if (POSIX) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
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
