package cn.plumbline.journal.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file beside the lock in which the owner of a data directory says who it is. It is a file of its own because on
 * some systems nobody else can read a locked one. It is for error messages only; the lock alone decides.
 */
final class OwnerFile {

    /** What is known of an owner. */
    record Owner(OptionalLong pid, OptionalInt httpPort) {}

    private static final Pattern PID = Pattern.compile("pid=([0-9]{1,18})");
    private static final Pattern HTTP_PORT = Pattern.compile("httpPort=([0-9]{1,5})");

    private final Path file;

    OwnerFile(Path directory) {
        this.file = directory.resolve("plumbline.owner");
    }

    /** Replaces the file as a whole, so that no reader sees half of it. */
    void write(Owner owner) throws IOException {
        StringBuilder text = new StringBuilder();
        owner.pid().ifPresent(pid -> text.append("pid=").append(pid).append('\n'));
        owner.httpPort().ifPresent(port -> text.append("httpPort=").append(port).append('\n'));
        Path fresh = file.resolveSibling("plumbline.owner.new");
        Files.writeString(fresh, text, StandardCharsets.UTF_8);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What the file says; nothing known when it is missing or unreadable. */
    Owner read() {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            Matcher pid = PID.matcher(text);
            Matcher port = HTTP_PORT.matcher(text);
            return new Owner(
                    pid.find() ? OptionalLong.of(Long.parseLong(pid.group(1))) : OptionalLong.empty(),
                    port.find() ? OptionalInt.of(Integer.parseInt(port.group(1))) : OptionalInt.empty());
        } catch (IOException unreadable) {
            return new Owner(OptionalLong.empty(), OptionalInt.empty());
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
