package cn.plumbline.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What was measured, as Markdown: printed at once, and kept for a section of a document. */
final class Report {

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final double PERCENT = 100;

    /** Whether a target asks for at least, or at most, its value. */
    enum Bound {
        AT_LEAST("≥"),
        AT_MOST("≤");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }
    }

    private final String section;
    private final StringBuilder text = new StringBuilder();
    private final List<String> targets = new ArrayList<>();

    /** @param section the name of the place in the document */
    Report(String section) {
        this.section = section;
    }

    void say(String markdown) {
        System.out.print(markdown);
        System.out.flush();
        text.append(markdown);
    }

    /** The machine, what else it was doing, and the day. */
    void machine(String how) {
        Runtime runtime = Runtime.getRuntime();
        say(String.format(
                Locale.ROOT,
                "%s: %d cores, %s %s, Java %s; the cores were %.0f %% busy before it began, which 10 or more makes doubtful; %s.%n%n",
                LocalDate.now(ZoneOffset.UTC),
                runtime.availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.version().feature(),
                busyPercent(),
                how));
    }

    /** How busy others keep the machine, over two seconds in which this process does nothing. */
    private static double busyPercent() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        var unused = system.getCpuLoad(); // since the call before
        LockSupport.parkNanos(LOOK.toNanos());
        return system.getCpuLoad() * PERCENT;
    }

    /** A line of the table of targets; a figure that was not measured is left out. */
    void target(String what, Bound bound, double wanted, double measured) {
        if (Double.isNaN(measured)) {
            return;
        }
        boolean reached = bound == Bound.AT_LEAST ? measured >= wanted : measured <= wanted;
        targets.add("| " + what + " | " + bound.sign + " " + Table.number(wanted) + " | " + Table.number(measured)
                + " | " + (reached ? "reached" : "**missed**") + " |\n");
    }

    /** Says the targets so far. */
    void targets() {
        if (!targets.isEmpty()) {
            say("| target | wanted | measured | |\n|---|---|---|---|\n" + String.join("", targets) + "\n");
            targets.clear();
        }
    }

    /** Whether a document is there and has a place for the section. */
    boolean hasPlace(Path file) throws IOException {
        return Files.isWritable(file) && placeIn(Files.readString(file)) != null;
    }

    /** Puts all that was said into the section's place in a document. */
    void write(Path file) throws IOException {
        String document = Files.readString(file);
        Place place = placeIn(document);
        if (place == null) {
            throw new IOException(file + " has no place for the figures of " + section);
        }
        Files.writeString(file, document.substring(0, place.from) + "\n" + text + document.substring(place.to));
    }

    private record Place(int from, int to) {}

    private @Nullable Place placeIn(String document) {
        String begin = "<!-- figures: " + section + " -->\n";
        int from = document.indexOf(begin) + begin.length();
        int to = document.indexOf("<!-- end of figures: " + section + " -->\n");
        return from < begin.length() || to < from ? null : new Place(from, to);
    }
}
