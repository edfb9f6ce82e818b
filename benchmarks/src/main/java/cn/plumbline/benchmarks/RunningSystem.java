package cn.plumbline.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The product's jar in a process of its own, on an embedded database in a new directory. */
final class RunningSystem implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofMinutes(1);
    private static final long LOOK_MILLIS = 100;
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");
    /** Its number, how many, their bytes, its name, its module. */
    private static final Pattern CLASS = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");

    private final Process process;
    private final int port;
    private final Path directory;

    private RunningSystem(Process process, int port, Path directory) {
        this.process = process;
        this.port = port;
        this.directory = directory;
    }

    /**
     * Starts it, and waits until it is ready.
     *
     * @param jvmOptions separated by spaces; may be empty
     */
    static RunningSystem start(String jar, String jvmOptions) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("plumbline-bench-");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(JAVA.resolve("java").toString(), "-Xmx1g"));
        command.addAll(jvmOptions.isEmpty() ? List.of() : List.of(jvmOptions.split(" ", -1)));
        command.addAll(List.of(
                "-jar",
                jar,
                "serve",
                "--server.port=" + port,
                "--plumbline.data-dir=" + directory.resolve("data"),
                "--logging.level.root=WARN"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        RunningSystem system = new RunningSystem(process, port, directory);
        system.awaitReady();
        return system;
    }

    private void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + READY_LIMIT.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                String log = Files.readString(directory.resolve("log"));
                close();
                throw new IOException("The system did not start:\n" + log);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private boolean isReady() {
        try (HttpConnection connection = connect("auditor")) {
            return connection.get("/actuator/health/readiness").status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    HttpConnection connect(String user) throws IOException {
        return new HttpConnection(port, user);
    }

    /** The time that its threads have run. */
    Duration cpu() {
        return Child.cpu(process);
    }

    /** Bytes of live objects by class, counted by a full collection. */
    Map<String, Long> liveBytes() throws IOException {
        Process histogram = new ProcessBuilder(
                        JAVA.resolve("jcmd").toString(), String.valueOf(process.pid()), "GC.class_histogram")
                .start();
        String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, Long> bytes = new HashMap<>();
        text.lines().map(CLASS::matcher).filter(Matcher::matches).forEach(line -> {
            // Lambdas have an address in their names, and are one class here.
            bytes.merge(line.group(2).replaceFirst("/0x.*", ""), Long.parseLong(line.group(1)), Long::sum);
        });
        if (bytes.isEmpty()) {
            throw new IOException("jcmd tells no classes: " + text);
        }
        return bytes;
    }

    /** Ends it as an operator would, and deletes its data. */
    @Override
    public void close() throws IOException {
        process.destroy();
        Child.awaitEnd(process);
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(files::add);
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
