package cn.plumbline.benchmarks;

import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.NewEvent;
import cn.plumbline.journal.StoredEvent;
import cn.plumbline.journal.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** The journal: an append's condition is the entity's tag and the writer's last position. */
final class JournalContender implements Contender {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Progress progress = new Progress();
    private final long[] markers = new long[4096];
    private @Nullable Database database;
    private @Nullable Journal journal;
    /** Another instance, which keeps no block in memory. */
    private @Nullable Journal cold;

    private JournalContender() {}

    public static void main(String[] args) throws IOException {
        Worker.serve(new JournalContender());
    }

    @Override
    public void open(String address, String name) {
        close();
        progress.clear();
        Arrays.fill(markers, 0);
        Database opened = Database.open(address, name);
        database = opened;
        journal = open(opened, JournalSettings.of(opened.collection(), "bench"));
    }

    private static Journal open(Database database, JournalSettings settings) {
        return Journal.open(database.database(), settings.withPollInterval(Duration.ZERO))
                .blockOptional(LIMIT)
                .orElseThrow();
    }

    @Override
    public long append(int writers, IntPredicate more) {
        Journal current = journal();
        return ReactiveWriters.run(writers, more, writer -> {
            int entity = progress.entity(writer);
            AppendCondition condition = new AppendCondition(markers[writer], criteria(writer, entity));
            return current.append(List.of(event(writer, entity)), condition).doOnNext(appended -> {
                markers[writer] = appended.last();
                progress.stored(writer);
            });
        });
    }

    static Criteria criteria(int writer, int entity) {
        return Criteria.tags(new Tag("unit", Sample.entity(writer, entity)));
    }

    static NewEvent event(int writer, int entity) {
        Sample sample = Sample.of(writer, entity);
        Map<String, String> metadata = Sample.metadata();
        return new NewEvent(
                metadata.get("commandId") + ".1",
                Sample.TYPE,
                "1",
                Instant.now(),
                sample.tags(metadata).stream().map(Tag::parse).collect(Collectors.toSet()),
                metadata,
                sample.json().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Map<String, Load> loads() {
        Journal warm = journal();
        Journal uncached = cold == null
                ? open(database(), JournalSettings.of(warm.name(), "cold").withCacheBytes(1))
                : cold;
        cold = uncached;
        Map<String, Load> loads = new LinkedHashMap<>();
        loads.put("blocks in memory", (writer, entity) -> load(warm, writer, entity));
        loads.put("cold", (writer, entity) -> load(uncached, writer, entity));
        return loads;
    }

    static long load(Journal journal, int writer, int entity) {
        return journal.read(criteria(writer, entity), 0, journal.head())
                .mapNotNull(JournalContender::decoded)
                .count()
                .blockOptional(LIMIT)
                .orElseThrow();
    }

    @Override
    public Map<String, LongSupplier> replays() {
        Map<String, LongSupplier> replays = new LinkedHashMap<>();
        replays.put("frames", () -> replay(event -> event));
        replays.put("decoded", () -> replay(JournalContender::decoded));
        replays.put(
                "its blocks, by the bare driver",
                () -> Flux.from(database().documents().find())
                        .reduce(0L, (sum, block) -> sum + count(block))
                        .blockOptional(LIMIT)
                        .orElseThrow());
        return replays;
    }

    private static long count(Document block) {
        return block.get("count", Number.class).longValue();
    }

    private interface Reading {
        Object of(StoredEvent event);
    }

    private long replay(Reading reading) {
        return journal()
                .read(Criteria.all(), 0, journal().head())
                .mapNotNull(reading::of)
                .count()
                .blockOptional(LIMIT)
                .orElseThrow();
    }

    /** Everything that a reader may want of an event. */
    private static Object decoded(StoredEvent event) {
        return event.tags().size() + event.metadata().size() + event.id().length() + event.payload().length;
    }

    @Override
    public long storedBytes() {
        closeJournal();
        return database().storedBytes();
    }

    @Override
    public void close() {
        closeJournal();
        if (database != null) {
            database.delete();
            database = null;
        }
    }

    private void closeJournal() {
        if (journal != null) {
            journal.close().block(LIMIT);
            journal = null;
        }
        if (cold != null) {
            cold.close().block(LIMIT);
            cold = null;
        }
    }

    private Journal journal() {
        if (journal == null) {
            throw new IllegalStateException("Not open");
        }
        return journal;
    }

    private Database database() {
        if (database == null) {
            throw new IllegalStateException("Not open");
        }
        return database;
    }
}
