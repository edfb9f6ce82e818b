package cn.plumbline.journal.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test its {@link Trial} and, when all tests are over, writes the figures of all trials into the file that
 * {@code -Dplumbline.report} names, between its markers. Without that, nothing is written.
 */
final class TrialReport implements ParameterResolver, AfterTestExecutionCallback {

    static final String BEGIN = "<!-- figures: written by ./mvnw -Preliability -->";
    static final String END = "<!-- end of figures -->";

    private static final Namespace NAMESPACE = Namespace.create(TrialReport.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Trial.class;
    }

    @Override
    public Trial resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return trial(context);
    }

    private static Trial trial(ExtensionContext context) {
        return context.getStore(NAMESPACE).computeIfAbsent(Trial.class, type -> new Trial(), Trial.class);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Trial.Figures figures = trial(context).figures();
        ReliabilityTest test = context.getRequiredTestMethod().getAnnotation(ReliabilityTest.class);
        String row = String.format(
                Locale.ROOT,
                "| %s | `%s` | %,d | %,d | %,d | %,d | %,d | %s |%n",
                test.value(),
                name(context.getRequiredTestClass()),
                figures.rounds(),
                figures.faults(),
                figures.acknowledged(),
                figures.lost(),
                figures.doubled(),
                context.getExecutionException().isEmpty() ? "通过 passed" : "**未通过 failed**");
        context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Rows.class, type -> new Rows(), Rows.class)
                .add(context.getUniqueId(), row);
    }

    private static String name(Class<?> test) {
        return test.getName().substring(test.getPackageName().length() + 1);
    }

    /** Closed by JUnit at the end of the run. */
    private static final class Rows implements AutoCloseable {

        private final Map<String, String> rows = new TreeMap<>();

        synchronized void add(String id, String row) {
            rows.put(id, row);
        }

        @Override
        public synchronized void close() throws IOException {
            String file = System.getProperty("plumbline.report");
            if (file != null) {
                write(Path.of(file));
            }
        }

        private void write(Path file) throws IOException {
            String text = Files.readString(file);
            int begin = text.indexOf(BEGIN);
            int end = text.indexOf(END);
            if (begin < 0 || end < begin) {
                throw new IOException(file + " has no place for figures");
            }
            Files.writeString(file, text.substring(0, begin) + BEGIN + "\n\n" + table() + "\n" + text.substring(end));
        }

        private String table() {
            return String.format(
                            Locale.ROOT,
                            "%s, %d × 构建中的轮数 the rounds of the build; %d cores, %s %s, Java %d.%n%n",
                            LocalDate.now(ZoneOffset.UTC),
                            Integer.getInteger("plumbline.rounds", 1),
                            Runtime.getRuntime().availableProcessors(),
                            System.getProperty("os.name"),
                            System.getProperty("os.arch"),
                            Runtime.version().feature())
                    + "| 做了什么 What was done | 测试 Test | 轮 Rounds | 故障 Faults | 已确认事件 Acknowledged events"
                    + " | 丢失 Lost | 重复 Doubled | 结果 Result |\n|---|---|---|---|---|---|---|---|\n"
                    + String.join("", rows.values());
        }
    }
}
