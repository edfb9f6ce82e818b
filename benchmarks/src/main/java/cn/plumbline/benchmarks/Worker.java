package cn.plumbline.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The process of one contender: it does what it reads from its input, a line a task, and answers with a line each. A
 * process each, so that no contender's garbage, threads or compiled code meets another's.
 *
 * <ul>
 *   <li>{@code open ADDRESS NAME}: begins with an empty store
 *   <li>{@code append WRITERS MILLIS}: acknowledged events per second
 *   <li>{@code fill ENTITIES}: stores whole entities
 *   <li>{@code loads TIMES}: name, p50 and p99 in milliseconds of each way to read an entity
 *   <li>{@code replays}: name and events per second of each way to read everything
 *   <li>{@code bytes}: stored bytes per event
 * </ul>
 */
public final class Worker {

    /** How many writers fill a store. */
    private static final int FILLERS = 64;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Contender contender;
    private int entitiesPerFiller;

    private Worker(Contender contender) {
        this.contender = contender;
    }

    /**
     * Serves until the input ends.
     *
     * @param contender closed then
     */
    public static void serve(Contender contender) throws IOException {
        Worker worker = new Worker(contender);
        PrintStream answers = System.out;
        System.setOut(System.err); // whatever else wants to be printed is no answer
        BufferedReader tasks = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String task = tasks.readLine(); task != null; task = tasks.readLine()) {
            answers.println(worker.answer(task.split(" ", -1)));
            answers.flush();
        }
        contender.close();
        System.exit(0); // libraries leave threads behind
    }

    private String answer(String[] task) {
        return switch (task[0]) {
            case "open" -> {
                contender.open(task[1], task[2]);
                yield "open";
            }
            case "append" -> String.valueOf(append(Integer.parseInt(task[1]), Long.parseLong(task[2])));
            case "fill" -> String.valueOf(fill(Integer.parseInt(task[1])));
            case "loads" -> loads(Integer.parseInt(task[1]));
            case "replays" -> replays();
            case "bytes" -> String.valueOf((double) contender.storedBytes() / filled());
            default -> throw new IllegalArgumentException("No task " + task[0]);
        };
    }

    private double append(int writers, long millis) {
        long start = System.nanoTime();
        long end = start + TimeUnit.MILLISECONDS.toNanos(millis);
        long events = contender.append(writers, writer -> System.nanoTime() < end);
        return events * NANOS_PER_SECOND / (System.nanoTime() - start);
    }

    private long fill(int entities) {
        entitiesPerFiller = Math.max(1, entities / FILLERS);
        int[] left = new int[FILLERS];
        Arrays.fill(left, entitiesPerFiller * Sample.EVENTS_PER_ENTITY);
        long stored = contender.append(FILLERS, writer -> left[writer]-- > 0);
        require(stored, filled());
        return stored;
    }

    private long filled() {
        return (long) FILLERS * entitiesPerFiller * Sample.EVENTS_PER_ENTITY;
    }

    private String loads(int times) {
        StringJoiner answer = new StringJoiner("\t");
        for (Map.Entry<String, Contender.Load> load : contender.loads().entrySet()) {
            Random random = new Random(1);
            double[] millis = new double[times];
            for (int i = -times; i < times; i++) { // the first half warms up
                int writer = random.nextInt(FILLERS);
                int entity = random.nextInt(entitiesPerFiller);
                long start = System.nanoTime();
                long events = load.getValue().events(writer, entity);
                millis[Math.max(i, 0)] = (System.nanoTime() - start) / NANOS_PER_MILLI;
                require(events, Sample.EVENTS_PER_ENTITY);
            }
            Arrays.sort(millis);
            answer.add(load.getKey())
                    .add(String.valueOf(millis[times / 2]))
                    .add(String.valueOf(millis[Math.min(times - 1, times * 99 / 100)]));
        }
        return answer.toString();
    }

    private String replays() {
        StringJoiner answer = new StringJoiner("\t");
        for (Map.Entry<String, LongSupplier> replay : contender.replays().entrySet()) {
            long start = System.nanoTime();
            require(replay.getValue().getAsLong(), filled());
            answer.add(replay.getKey()).add(String.valueOf(filled() * NANOS_PER_SECOND / (System.nanoTime() - start)));
        }
        return answer.toString();
    }

    private static void require(long events, long expected) {
        if (events != expected) {
            throw new IllegalStateException(events + " events instead of " + expected);
        }
    }
}
