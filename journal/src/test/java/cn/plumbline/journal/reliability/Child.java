package cn.plumbline.journal.reliability;

import cn.plumbline.journal.reliability.Promises.Answer;
import cn.plumbline.journal.reliability.Promises.Told;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A process of its own that appends to a journal and says on its standard output, line by line, what it tries and what
 * was acknowledged: what such a process needs, and the test that starts it.
 */
final class Child {

    private static final String TOLD = "TOLD";

    private Child() {}

    /** Starts a main class with the classes of this test. What it complains about appears in the test's output. */
    static Process start(Class<?> main, String heap, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx" + heap,
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Says one line as a whole: the reader may lose the last one, but never sees half of another. */
    static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    static void sayTries(String id, int count) {
        say(id, new Told(Answer.UNKNOWN, count, 0));
    }

    static void sayAcknowledged(String id, int count, long first) {
        say(id, new Told(Answer.ACKNOWLEDGED, count, first));
    }

    /** Says what a caller knows of a command now. */
    static void say(String id, Told told) {
        say(TOLD + " " + id + " " + told.answer() + " " + told.count() + " " + told.first());
    }

    /** Waits until the parent is gone; for a process that has nothing else to wait for. */
    static void awaitParentsEnd() throws IOException {
        while (System.in.read() >= 0) {
            // it says nothing
        }
    }

    /** Hands every line to the listener, as it is said; a last line without an end was not said. */
    static void listen(Reader lines, Consumer<String> listener) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = lines.read(); next >= 0; next = lines.read()) {
            if (next == '\n') {
                listener.accept(line.toString());
                line.setLength(0);
            } else {
                line.append((char) next);
            }
        }
    }

    /** Notes what a process said; true for an acknowledgement. */
    @CanIgnoreReturnValue
    static boolean hear(String line, Promises promises) {
        String[] words = line.split(" ", -1);
        if (!words[0].equals(TOLD)) {
            return false;
        }
        Told told = new Told(Answer.valueOf(words[2]), Integer.parseInt(words[3]), Long.parseLong(words[4]));
        promises.note(words[1], told);
        return told.answer() == Answer.ACKNOWLEDGED;
    }
}
