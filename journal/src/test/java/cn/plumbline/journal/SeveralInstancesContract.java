package cn.plumbline.journal;

import static cn.plumbline.journal.Samples.event;
import static cn.plumbline.journal.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What several processes on one database may rely on; here they are instances in one. */
public abstract class SeveralInstancesContract extends Contract {

    private static final int INSTANCES = 3;
    private static final int WORKERS = 24;
    private static final int ROUNDS = 10;
    private static final int RECORDS = 8;

    /** Each decision counts the events of one record and appends the next number, under the condition just read. */
    @Test
    void everyDecisionIsTakenOnTheFactsAsTheyWere() {
        List<EventLog> logs = new ArrayList<>(List.of(log()));
        while (logs.size() < INSTANCES) {
            logs.add(log().sibling());
        }
        try {
            AtomicInteger accepted = new AtomicInteger();
            await(Flux.range(0, WORKERS)
                    .flatMap(worker -> decisions(logs.get(worker % INSTANCES), worker, accepted), WORKERS));

            assertThat(accepted.get()).isGreaterThanOrEqualTo(ROUNDS);
            List<Long> positions =
                    LongStream.rangeClosed(1, accepted.get()).boxed().toList();
            List<String> first = null;
            for (EventLog log : logs) {
                List<StoredEvent> events = log.follow(Criteria.all(), 0)
                        .ofType(Followed.Event.class)
                        .map(Followed.Event::event)
                        .take(accepted.get())
                        .collectList()
                        .block(limit());
                assertThat(Samples.positions(events)).isEqualTo(positions);
                assertThatNumbersAreConsecutive(events);
                List<String> ids = events.stream().map(StoredEvent::id).toList();
                assertThat(first == null ? ids : first).isEqualTo(ids);
                first = ids;
            }
            reopen();
            assertThat(log().head()).isEqualTo(accepted.get());
        } finally {
            logs.subList(1, logs.size()).forEach(EventLog::close);
        }
    }

    private static Flux<Appended> decisions(EventLog log, int worker, AtomicInteger accepted) {
        return Flux.range(0, ROUNDS)
                .concatMap(round -> decide(log, unit((worker + round) % RECORDS))
                        .doOnNext(appended -> accepted.incrementAndGet())
                        .onErrorComplete(AppendConflict.class))
                .subscribeOn(Schedulers.parallel());
    }

    private static Mono<Appended> decide(EventLog log, Tag record) {
        return Mono.defer(() -> {
            long marker = log.head();
            return log.read(Criteria.tags(record), 0, marker)
                    .count()
                    .flatMap(seen -> log.append(
                            List.of(event("sample.Counted", seen.toString(), record)),
                            new AppendCondition(marker, Criteria.tags(record))));
        });
    }

    private static void assertThatNumbersAreConsecutive(List<StoredEvent> events) {
        Map<Tag, Integer> next = new HashMap<>();
        for (StoredEvent event : events) {
            Tag record = event.tags().iterator().next();
            int expected = next.merge(record, 1, Integer::sum) - 1;
            assertThat(new String(event.payload(), StandardCharsets.UTF_8))
                    .as("the decision at position %d", event.position())
                    .isEqualTo(Integer.toString(expected));
        }
    }
}
