package cn.plumbline.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process of this benchmark that answers a line with a line, and ends when its input does. */
final class Child implements AutoCloseable {

    private static final long LIMIT_SECONDS = 30;

    private final String name;
    private final Process process;
    private final Writer input;
    private final BufferedReader output;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        input = process.outputWriter(StandardCharsets.UTF_8);
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    static Child start(String name, List<String> command) throws IOException {
        return new Child(
                name,
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    /**
     * Starts a class of a class path in a JVM like this one.
     *
     * @param heap as for -Xmx
     */
    static Child java(String name, String heap, String classPath, String mainClass, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"), "-Xmx" + heap, "-cp", classPath, mainClass));
        command.addAll(List.of(arguments));
        return start(name, command);
    }

    /** The next line that it prints. */
    String read() {
        String line = tryRead();
        if (line == null) {
            throw new IllegalStateException(name + " has ended: see its message above");
        }
        return line;
    }

    /** The next line that it prints; null when it ends before. */
    @Nullable
    String tryRead() {
        try {
            return output.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    String ask(String task) {
        try {
            input.write(task);
            input.write('\n');
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not take " + task, e);
        }
        return read();
    }

    double askNumber(String task) {
        return Double.parseDouble(ask(task));
    }

    /** The time that its threads have run. */
    Duration cpu() {
        return cpu(process);
    }

    static Duration cpu(Process process) {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("The system does not tell what a process takes"));
    }

    /** Ends it; one that does not end by itself is killed. */
    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException e) {
            System.err.println(name + ": " + e.getMessage()); // it has ended before
        }
        awaitEnd(process);
    }

    /** Waits until it has ended; kills it if that takes too long. */
    static void awaitEnd(Process process) {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
