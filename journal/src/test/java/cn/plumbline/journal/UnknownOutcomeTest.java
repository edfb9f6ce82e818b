package cn.plumbline.journal;

import static cn.plumbline.journal.Samples.ended;
import static cn.plumbline.journal.Samples.noneOf;
import static cn.plumbline.journal.Samples.started;
import static cn.plumbline.journal.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.plumbline.journal.FaultyBlockStore.Fault;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Inserts and reads whose answers do not come. */
class UnknownOutcomeTest implements OpensLogs {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final JournalSettings SETTINGS = JournalSettings.of("journal", "test")
            .withPollInterval(Duration.ZERO)
            .withPatience(Duration.ofSeconds(2));

    private final FaultyBlockStore store = new FaultyBlockStore();
    private EventLog journal;

    @BeforeEach
    void open() {
        journal = opened(Journal.open(store, SETTINGS));
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @CanIgnoreReturnValue
    private Appended append(AppendCondition condition, NewEvent... events) {
        return journal.append(List.of(events), condition).block(LIMIT);
    }

    private static List<String> ids(EventLog of) {
        return of.read(Criteria.all(), 0, Long.MAX_VALUE)
                .map(StoredEvent::id)
                .collectList()
                .block(LIMIT);
    }

    @Nested
    class AnInsertWithoutAnswer {

        @ParameterizedTest
        @EnumSource(
                value = Fault.class,
                names = {"REQUEST_LOST", "REPLY_LOST", "REQUEST_STUCK", "REPLY_STUCK", "LATE"})
        void isSettledSoThatTheAppendHappensExactlyOnce(Fault fault) {
            store.nextInserts(fault);
            NewEvent event = started(unit(1));

            assertThat(append(noneOf(0, unit(1)), event).last()).isEqualTo(1);
            store.deliverLate();
            assertThat(append(AppendCondition.none(), ended(unit(1))).last()).isEqualTo(2);

            assertThat(store.stored()).isEqualTo(2);
            assertThat(ids(journal)).hasSize(2).startsWith(event.id());
        }

        @Test
        void holdsUpButDoesNotLoseWhatIsQueuedBehindIt() {
            store.nextInserts(Fault.REPLY_LOST, Fault.REQUEST_LOST, Fault.REPLY_STUCK, Fault.NONE, Fault.REQUEST_LOST);

            List<Appended> appended = Flux.range(0, 100)
                    .flatMap(i -> journal.append(List.of(started(unit(i))), noneOf(0, unit(i))), 100)
                    .collectList()
                    .block(LIMIT);

            assertThat(appended).hasSize(100);
            assertThat(new HashSet<>(ids(journal))).hasSize(100);
        }

        @Test
        void isNotMistakenForItsOwnWhenAnotherWriterTookTheNumber() {
            EventLog other = opened(Journal.open(store.sibling(), SETTINGS.withName("other")));
            var unused = other.append(List.of(started(unit(1))), AppendCondition.none())
                    .block(LIMIT);
            store.nextInserts(Fault.REQUEST_LOST);

            assertThatThrownBy(() -> append(noneOf(0, unit(1)), started(unit(1))))
                    .isInstanceOf(AppendConflict.class);
            assertThat(append(noneOf(0, unit(2)), started(unit(2))).last()).isEqualTo(2);
            other.close();
        }
    }

    @Nested
    class ADatabaseThatStaysAway {

        @Test
        void failsTheAppendAndNoLaterOne() {
            store.otherwise(() -> Fault.REQUEST_LOST);
            assertThatThrownBy(() -> append(AppendCondition.none(), started())).isInstanceOf(JournalUnavailable.class);
            assertThat(journal.head()).isZero();

            store.otherwise(() -> Fault.NONE);
            assertThat(append(AppendCondition.none(), started()).last()).isEqualTo(1);
        }

        @Test
        void mayStillLetAnAbandonedAppendHappenAsAWhole() {
            store.otherwise(() -> Fault.LATE);
            NewEvent first = started(unit(1));
            NewEvent second = ended(unit(1));
            assertThatThrownBy(() -> append(AppendCondition.none(), first, second))
                    .isInstanceOf(JournalUnavailable.class);

            store.otherwise(() -> Fault.NONE);
            store.deliverLate();

            assertThatThrownBy(() -> append(noneOf(0, unit(1)), started(unit(1))))
                    .isInstanceOf(AppendConflict.class);
            assertThat(append(noneOf(2, unit(1)), ended(unit(1))).last()).isEqualTo(3);
            assertThat(ids(journal)).startsWith(first.id(), second.id());
        }

        @Test
        void failsReadsOfWhatIsNotInMemory() {
            append(AppendCondition.none(), started());
            EventLog cold = opened(Journal.open(store.sibling(), SETTINGS.withCacheBytes(0)));
            FaultyBlockStore line = store.sibling();
            EventLog coldOnBadLine = opened(Journal.open(line, SETTINGS.withCacheBytes(0)));

            line.nextFinds(Fault.REPLY_LOST, Fault.REPLY_STUCK);
            assertThat(ids(coldOnBadLine)).hasSize(1);
            line.otherwise(() -> Fault.REQUEST_STUCK);
            assertThatThrownBy(() -> ids(coldOnBadLine)).isInstanceOf(JournalUnavailable.class);
            line.otherwise(() -> Fault.NONE);
            assertThat(ids(coldOnBadLine)).isEqualTo(ids(cold));

            coldOnBadLine.close();
            cold.close();
        }
    }

    /** Random faults on the lines of two instances; what was promised to each caller is compared with the chain. */
    @Test
    void whateverIsLostNobodyWasToldAnythingWrong() {
        long seed = System.nanoTime();
        EventLog other = opened(Journal.open(
                withFaults(store.sibling(), new Random(seed + 1)),
                SETTINGS.withName("other").withPollInterval(Duration.ofMillis(5))));
        withFaults(store, new Random(seed));
        Map<String, Object> told = new ConcurrentHashMap<>();
        try {
            Flux.range(0, 600)
                    .flatMap(i -> report(i % 2 == 0 ? journal : other, i, told), 24)
                    .then()
                    .block(LIMIT);
        } finally {
            store.otherwise(() -> Fault.NONE);
            other.close();
        }

        EventLog reopened = opened(Journal.open(store.sibling(), SETTINGS));
        Map<String, List<Long>> found = new HashMap<>();
        reopened.read(Criteria.all(), 0, Long.MAX_VALUE)
                .toStream()
                .forEach(event -> found.computeIfAbsent(
                                event.tags().iterator().next().value(), id -> new ArrayList<>())
                        .add(event.position()));
        reopened.close();

        assertThat(told).as("seed %d", seed).hasSize(600);
        told.forEach((id, answer) -> {
            List<Long> positions = found.getOrDefault(id, List.of());
            if (answer instanceof Appended appended) {
                assertThat(positions).as("seed %d, %s", seed, id).containsExactly(appended.first(), appended.last());
            } else {
                assertThat(positions.size())
                        .as("seed %d, %s: %s", seed, id, answer)
                        .isIn(0, 2);
            }
        });
        assertThat(Collections.frequency(
                        told.values().stream().map(Object::getClass).toList(), Appended.class))
                .isGreaterThan(300);
    }

    @CanIgnoreReturnValue
    private static FaultyBlockStore withFaults(FaultyBlockStore line, Random random) {
        Fault[] faults = Fault.values();
        line.otherwise(() -> {
            synchronized (random) {
                return random.nextInt(100) < 92 ? Fault.NONE : faults[random.nextInt(faults.length)];
            }
        });
        return line;
    }

    private static Mono<Object> report(EventLog journal, int i, Map<String, Object> told) {
        Tag tag = new Tag("command", "c" + i);
        return journal.append(List.of(started(tag), ended(tag)), noneOf(0, tag))
                .cast(Object.class)
                .onErrorResume(failure -> Mono.just(failure))
                .doOnNext(answer -> told.put(tag.value(), answer))
                .subscribeOn(Schedulers.parallel());
    }
}
