package cn.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Schedulers;

class NonBlockingTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void theDetectorFindsABlockedThread() {
        assertThatThrownBy(() -> Mono.fromRunnable(() -> LockSupport.parkNanos(1_000_000))
                        .subscribeOn(Schedulers.parallel())
                        .block(LIMIT))
                .hasCauseInstanceOf(BlockingOperationError.class);
    }

    @Test
    void appendsReadsAndFollowersBlockNoThread() {
        try (MemoryMongo mongo = new MemoryMongo()) {
            Journal journal = Journal.open(
                            mongo.freshDatabase(),
                            JournalSettings.of("journal", "test").withCacheBytes(5_000))
                    .subscribeOn(Schedulers.parallel())
                    .block(LIMIT);
            Mono<Long> followed = journal.follow(Criteria.all(), 0)
                    .ofType(Followed.Event.class)
                    .take(500)
                    .count();

            Mono<Long> work = Flux.range(0, 500)
                    .flatMap(
                            i -> journal.append(List.of(Samples.started(Samples.unit(i))), AppendCondition.none())
                                    .subscribeOn(Schedulers.parallel()),
                            64)
                    .then(journal.read(Criteria.all(), 0, 500).count());

            assertThat(Mono.zip(followed, work).block(LIMIT)).containsExactly(500L, 500L);
            journal.close().subscribeOn(Schedulers.parallel()).block(LIMIT);
        }
    }

    @Test
    void callersGoOnOnThreadsOfTheJournal() {
        try (MemoryMongo mongo = new MemoryMongo()) {
            Journal journal = Journal.open(mongo.freshDatabase(), JournalSettings.of("attempts", "test"))
                    .block(LIMIT);

            Thread acknowledged = journal.append(List.of(Samples.started()), AppendCondition.none())
                    .map(appended -> Thread.currentThread())
                    .block(LIMIT);

            assertThat(acknowledged).isInstanceOf(NonBlocking.class);
            assertThat(acknowledged.getName()).startsWith("attempts-");
            journal.close().block(LIMIT);
        }
    }

    /** Stopping a timer takes its executor's lock, which is busy here; it must be waited for where one may wait. */
    @Test
    void openingInVainAndClosingBlockNoThread() {
        FaultyBlockStore store = new FaultyBlockStore();
        JournalSettings settings = JournalSettings.of("journal", "test").withPollInterval(Duration.ZERO);
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> busy = IntStream.range(0, 3)
                .mapToObj(i -> Thread.ofPlatform().daemon().start(() -> keepTimersBusy(over)))
                .toList();
        try {
            for (int i = 0; i < 25; i++) {
                Journal journal = Journal.open(store, settings).block(LIMIT);
                journal.append(List.of(Samples.started()), AppendCondition.none())
                        .then(journal.close())
                        .block(LIMIT);
            }
            store.forget(1);
            for (int i = 0; i < 25; i++) {
                assertThatThrownBy(() -> Journal.open(store, settings).block(LIMIT))
                        .isInstanceOf(JournalCorrupted.class);
            }
        } finally {
            over.set(true);
        }
        assertThat(busy).hasSize(3);
    }

    private static void keepTimersBusy(AtomicBoolean over) {
        while (!over.get()) {
            Schedulers.parallel().schedule(() -> {}, 300, TimeUnit.MILLISECONDS).dispose();
        }
    }
}
