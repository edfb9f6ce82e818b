package cn.plumbline.journal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Events to append. */
public final class Samples {

    public static final String STARTED = "sample.CoverageStarted";
    public static final String ENDED = "sample.CoverageEnded";
    public static final Instant TIME = Instant.parse("2015-12-30T01:02:03.456789Z");

    private static final AtomicLong IDS = new AtomicLong();

    private Samples() {}

    public static Tag unit(Object id) {
        return new Tag("unit", id.toString());
    }

    public static Tag group(Object id) {
        return new Tag("group", id.toString());
    }

    public static NewEvent started(Tag... tags) {
        return event(STARTED, "{\"role\":\"单独派驻\"}", tags);
    }

    public static NewEvent ended(Tag... tags) {
        return event(ENDED, "{}", tags);
    }

    public static NewEvent event(String type, String payload, Tag... tags) {
        return new NewEvent(
                "e" + IDS.incrementAndGet(),
                type,
                "1",
                TIME,
                Set.of(tags),
                Map.of("actor", "人员-001"),
                payload.getBytes(StandardCharsets.UTF_8));
    }

    /** The tag that all events of one command have. */
    public static Tag commandTag(String id) {
        return new Tag("command", id);
    }

    /** The events of one command: {@code <id>.1} to {@code <id>.<count>}, each with its tag and others. */
    public static List<NewEvent> command(String id, int count, Tag... others) {
        Set<Tag> tags = new HashSet<>(Set.of(others));
        tags.add(commandTag(id));
        return IntStream.rangeClosed(1, count)
                .mapToObj(part -> new NewEvent(
                        id + "." + part,
                        STARTED,
                        "1",
                        TIME,
                        tags,
                        Map.of("actor", "人员-001"),
                        "{\"role\":\"单独派驻\"}".getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    public static AppendCondition noneOf(long marker, Tag... tags) {
        return new AppendCondition(marker, Criteria.tags(tags));
    }

    public static Criteria either(Criterion... items) {
        return new Criteria(Arrays.asList(items));
    }

    public static Criterion item(Set<String> types, Tag... tags) {
        return new Criterion(types, Set.of(tags));
    }

    public static List<Long> positions(List<StoredEvent> events) {
        return events.stream().map(StoredEvent::position).toList();
    }

    public static List<String> ids(List<NewEvent> events) {
        return events.stream().map(NewEvent::id).toList();
    }
}
