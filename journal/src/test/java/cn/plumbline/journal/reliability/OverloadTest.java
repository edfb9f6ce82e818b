package cn.plumbline.journal.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.journal.Appended;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalOverloaded;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.MemoryMongo;
import cn.plumbline.journal.Samples;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Far more callers than the queue of appends has places. */
class OverloadTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final JournalSettings SETTINGS =
            JournalSettings.of("journal", "test").withPollInterval(Duration.ZERO);
    private static final int CALLERS = 200;
    private static final int COMMANDS = 1_000;

    private static final Retry WHEN_THERE_IS_ROOM = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(1))
            .maxBackoff(Duration.ofMillis(50))
            .filter(JournalOverloaded.class::isInstance);

    private static MemoryMongo mongo;

    @BeforeAll
    static void start() {
        mongo = new MemoryMongo();
    }

    @AfterAll
    static void stop() {
        mongo.close();
    }

    @ReliabilityTest("追加队列写满，按条数或按字节 / The queue of appends is full, by number or by bytes")
    void pushesBackAndLosesNothing(Trial trial) {
        int rounds = trial.rounds(2);
        for (int round = 0; round < rounds; round++) {
            JournalSettings settings =
                    round % 2 == 0 ? SETTINGS.withQueueCaps(20, 1 << 30) : SETTINGS.withQueueCaps(1_000_000, 10_000);
            MongoDatabase database = mongo.freshDatabase();
            Journal journal = open(database, settings);
            Promises promises = new Promises();
            AtomicLong pushedBack = new AtomicLong();

            Flux.range(0, COMMANDS)
                    .flatMap(number -> append(journal, number, promises, pushedBack), CALLERS)
                    .then()
                    .block(LIMIT);

            assertThat(pushedBack).as("pushed back, seed %d", trial.seed()).hasPositiveValue();
            assertThat(promises.count(Promises.Answer.REFUSED)).isPositive();
            assertThat(promises.count(Promises.Answer.ACKNOWLEDGED)).isGreaterThanOrEqualTo(COMMANDS / 2);
            assertThat(promises.append(journal, "afterwards", 3).block(LIMIT)).isNotNull();
            trial.round(pushedBack.get());
            journal.close().block(LIMIT);
            Journal reopened = open(database, SETTINGS);
            trial.judge(reopened, promises);
            reopened.close().block(LIMIT);
        }
    }

    /** Every second caller tries again until there is room, the others take no for an answer. */
    private static Mono<Appended> append(Journal journal, int number, Promises promises, AtomicLong pushedBack) {
        Mono<Appended> once = promises.append(journal, "c" + number, 1 + number % 3, Samples.unit(number % 7))
                .doOnError(JournalOverloaded.class, overloaded -> pushedBack.incrementAndGet())
                .subscribeOn(Schedulers.parallel());
        return number % 2 == 0 ? once.retryWhen(WHEN_THERE_IS_ROOM) : once.onErrorComplete(JournalOverloaded.class);
    }

    private static Journal open(MongoDatabase database, JournalSettings settings) {
        return Objects.requireNonNull(Journal.open(database, settings).block(LIMIT));
    }
}
