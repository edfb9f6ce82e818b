package cn.plumbline.web.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The real application in a process of its own, which can be killed. */
public final class ChildProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern DATABASE = Pattern.compile("mongodb://127\\.0\\.0\\.1:(\\d+)");
    private static final String MAIN = "cn.plumbline.web.boot.PlumblineApplication";

    private final Process process;
    private final Path log;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts the main class with the arguments of the command line. */
    public static ChildProcess run(Path log, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN));
        command.addAll(List.of(arguments));
        try {
            return new ChildProcess(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Serves from a directory at a free port. */
    public static ChildProcess serve(Path log, Path data, String... options) {
        List<String> arguments = new ArrayList<>(List.of("serve", "--server.port=0", "--plumbline.data-dir=" + data));
        arguments.addAll(List.of(options));
        return run(log, arguments.toArray(String[]::new));
    }

    /** The port, once it says that it listens. */
    public int port() {
        return port(ADDRESS);
    }

    /** The port of the database that it serves, once it says so. */
    int databasePort() {
        return port(DATABASE);
    }

    private int port(Pattern address) {
        Awaitility.await("the address in the log")
                .atMost(LIMIT)
                .until(() -> !process.isAlive() || found(address).isPresent());
        return found(address).orElseThrow(() -> new IllegalStateException("ended: " + output()));
    }

    private Optional<Integer> found(Pattern address) {
        Matcher matcher = address.matcher(output());
        return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    /** What it has written so far. */
    public String output() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it with SIGKILL, at once and without its knowing. */
    void kill() {
        process.destroyForcibly();
        var unused = waitFor();
    }

    /** Sends it a signal, such as {@code STOP} and {@code CONT}. */
    void signal(String name) {
        try {
            int sent = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (sent != 0) {
                throw new IllegalStateException("no signal " + name + " for " + process.pid());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks it to end with SIGTERM, and waits for the end. */
    int stop() {
        process.destroy();
        return waitFor();
    }

    /** Waits for the end; the exit code. */
    public int waitFor() {
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("has not ended: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
