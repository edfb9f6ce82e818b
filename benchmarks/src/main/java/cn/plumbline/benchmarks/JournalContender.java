package cn.plumbline.benchmarks;

import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.Appended;
import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/** The journal: one event an append, under a condition on the entity's tag and the marker of its last append. */
final class JournalContender implements Contender {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Journal journal;
    private final long[] markers;
    private final int[] counts;

    JournalContender(MongoDatabase database, int writers) {
        journal = Journal.open(database, JournalSettings.of("journal", "bench").withPollInterval(Duration.ZERO))
                .blockOptional(LIMIT)
                .orElseThrow();
        markers = new long[writers];
        counts = new int[writers];
    }

    Journal journal() {
        return journal;
    }

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public int eventsPerAppend() {
        return 1;
    }

    @Override
    public Mono<Appended> append(int writer) {
        return Mono.defer(() -> {
            int entity = counts[writer]++ / Events.PER_ENTITY;
            AppendCondition condition =
                    new AppendCondition(markers[writer], Criteria.tags(Events.entity(writer, entity)));
            return journal.append(List.of(Events.event(writer, entity)), condition)
                    .doOnNext(appended -> markers[writer] = appended.last());
        });
    }

    @Override
    public void close() {
        journal.close().block(LIMIT);
    }
}
