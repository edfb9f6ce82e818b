package cn.plumbline.journal.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.AppendConflict;
import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalUnavailable;
import cn.plumbline.journal.NewEvent;
import cn.plumbline.journal.Samples;
import cn.plumbline.journal.StoredEvent;
import cn.plumbline.journal.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * What one node of several does in a trial: commands that are repeated until their outcome is known, and in between
 * decisions that rest on what was read and are not repeated.
 */
final class Workload {

    /** As a client with a key would; whatever breaks is whole again before it ends. */
    static final Retry UNTIL_KNOWN =
            Retry.fixedDelay(1_000, Duration.ofMillis(20)).filter(JournalUnavailable.class::isInstance);

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String COUNTED = "sample.Counted";
    private static final int RECORDS = 5;

    private final Journal journal;
    private final String name;
    private final Promises promises;

    /**
     * @param name of the node, which no other node of the trial has
     */
    Workload(Journal journal, String name, Promises promises) {
        this.journal = journal;
        this.name = name;
        this.promises = promises;
    }

    /** The n-th thing that it does. */
    Mono<?> next(int number) {
        return number % 3 == 0 ? decision(number) : command(number);
    }

    private Mono<?> command(int number) {
        return promises.append(journal, name + number, 1 + number % 3, Samples.group(number % RECORDS))
                .retryWhen(UNTIL_KNOWN)
                .onErrorComplete(AppendConflict.class);
    }

    /** Counts the events of one record and appends the next number, under the condition just read. */
    private Mono<?> decision(int number) {
        Tag record = Samples.unit(number % RECORDS);
        String id = name + number;
        return Mono.defer(() -> {
                    long marker = journal.head();
                    return journal.read(Criteria.tags(record), 0, marker)
                            .count()
                            .flatMap(seen -> promises.append(
                                    journal,
                                    id,
                                    new AppendCondition(marker, Criteria.tags(record)),
                                    List.of(counted(id, record, seen))));
                })
                .onErrorComplete(failure -> failure instanceof AppendConflict || failure instanceof JournalUnavailable);
    }

    private static NewEvent counted(String command, Tag record, long seen) {
        return new NewEvent(
                command + ".1",
                COUNTED,
                "1",
                Samples.TIME,
                Set.of(record, Samples.commandTag(command)),
                Map.of(),
                Long.toString(seen).getBytes(StandardCharsets.UTF_8));
    }

    /** Each decision counted exactly those of its record that stand before it. */
    static void assertThatDecisionsRestOnFacts(Journal journal, Trial trial) {
        Map<Tag, Integer> next = new HashMap<>();
        List<StoredEvent> decisions = journal.read(Criteria.types(Set.of(COUNTED)), 0, Long.MAX_VALUE)
                .collectList()
                .block(LIMIT);
        assertThat(decisions).isNotEmpty();
        for (StoredEvent event : decisions) {
            Tag record = event.tags().stream()
                    .filter(tag -> tag.key().equals("unit"))
                    .findFirst()
                    .orElseThrow();
            assertThat(event.payload())
                    .as("seed %d, position %d", trial.seed(), event.position())
                    .asString()
                    .isEqualTo(Integer.toString(next.merge(record, 1, Integer::sum) - 1));
        }
    }
}
