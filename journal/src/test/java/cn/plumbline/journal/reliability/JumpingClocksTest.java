package cn.plumbline.journal.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.journal.AppendConflict;
import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.MemoryMongo;
import cn.plumbline.journal.Samples;
import cn.plumbline.journal.StoredEvent;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Several nodes whose clocks jump back and forth by up to years append to one journal. */
class JumpingClocksTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Instant MIDDLE = Instant.parse("2016-02-29T12:00:00Z");
    private static final long MOST_JUMP_MILLIS = Duration.ofDays(3 * 365).toMillis();
    private static final int NODES = 3;
    private static final int COMMANDS = 300;

    private static MemoryMongo mongo;

    @BeforeAll
    static void start() {
        mongo = new MemoryMongo();
    }

    @AfterAll
    static void stop() {
        mongo.close();
    }

    @ReliabilityTest("三个节点的时钟各自前后跳变数年 / The clocks of three nodes jump back and forth by years")
    void whatWasKnownAtAnInstantIsAPrefixForEver(Trial trial) {
        int rounds = trial.rounds(5);
        for (int round = 0; round < rounds; round++) {
            MongoDatabase database = mongo.freshDatabase();
            Promises promises = new Promises();
            AtomicLong jumps = new AtomicLong();
            List<Journal> nodes = new ArrayList<>();
            for (int node = 0; node < NODES; node++) {
                nodes.add(open(database, new JumpingClock(trial.dice(10L * round + node), jumps)));
            }
            Map<Instant, Long> known = new ConcurrentHashMap<>();
            Random dice = trial.dice(10L * round + NODES);

            Flux.range(0, COMMANDS)
                    .flatMap(number -> append(nodes.get(number % NODES), number, promises, known, dice), 16)
                    .then()
                    .block(LIMIT);

            nodes.forEach(node -> node.close().block(LIMIT));
            trial.round(jumps.get());
            Journal reopened = open(database, Clock.systemUTC());
            assertThat(known).isNotEmpty();
            known.forEach((instant, position) -> assertThat(reopened.positionAt(instant))
                    .as("known at %s, seed %d", instant, trial.seed())
                    .isEqualTo(position));
            assertThatKnowledgeIsAPrefix(reopened);
            trial.judge(reopened, promises);
            reopened.close().block(LIMIT);
        }
    }

    /** Appends, and asks what was known at some instant before that: this answer must never change. */
    private static Mono<?> append(Journal node, int number, Promises promises, Map<Instant, Long> known, Random dice) {
        return promises.append(node, "c" + number, 1 + number % 3, Samples.unit(number % 7))
                .onErrorComplete(AppendConflict.class)
                .doOnNext(appended -> {
                    Instant before;
                    synchronized (dice) {
                        before = appended.recordedAt().minusMillis(1 + dice.nextLong(MOST_JUMP_MILLIS));
                    }
                    known.put(before, node.positionAt(before));
                })
                .subscribeOn(Schedulers.parallel());
    }

    /** Known at T are the events recorded until then, which are all up to a position. */
    private static void assertThatKnowledgeIsAPrefix(Journal journal) {
        List<Instant> recorded = Objects.requireNonNull(journal.read(Criteria.all(), 0, Long.MAX_VALUE)
                .map(StoredEvent::recordedAt)
                .collectList()
                .block(LIMIT));
        for (Instant instant : recorded) {
            for (Instant asked : List.of(instant.minusMillis(1), instant, instant.plusMillis(1))) {
                assertThat(journal.positionAt(asked))
                        .isEqualTo(recorded.stream()
                                .filter(at -> !at.isAfter(asked))
                                .count());
            }
        }
    }

    private static Journal open(MongoDatabase database, Clock clock) {
        return Objects.requireNonNull(Journal.open(
                        database,
                        JournalSettings.of("journal", "node")
                                .withPollInterval(Duration.ofMillis(10))
                                .withClock(clock))
                .block(LIMIT));
    }

    /** Shows another time, near or far, whenever it is asked. */
    private static final class JumpingClock extends Clock {
        private final Random dice;
        private final AtomicLong jumps;

        JumpingClock(Random dice, AtomicLong jumps) {
            this.dice = dice;
            this.jumps = jumps;
        }

        @Override
        public Instant instant() {
            jumps.incrementAndGet();
            synchronized (dice) {
                long most = dice.nextBoolean() ? MOST_JUMP_MILLIS : 1000;
                return MIDDLE.plusMillis(dice.nextLong(-most, most));
            }
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
