package cn.plumbline.journal.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Criterion;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalException;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.MemoryMongo;
import cn.plumbline.journal.NewEvent;
import cn.plumbline.journal.Samples;
import cn.plumbline.journal.StoredEvent;
import cn.plumbline.journal.Tag;
import cn.plumbline.journal.reliability.History.Answer;
import cn.plumbline.journal.reliability.History.Call;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The conditional append is atomic: whatever several nodes on one store answer at once could have been answered one
 * after the other. Every second history is made over lines that break.
 */
class LinearizabilityTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final JournalSettings SETTINGS = JournalSettings.of("journal", "node")
            .withPollInterval(Duration.ofMillis(5))
            .withPatience(Duration.ofMillis(300));

    private static final int NODES = 3;
    private static final int CLIENTS = 6;
    private static final int CALLS_OF_A_CLIENT = 4;

    private static final List<String> TYPES = List.of(Samples.STARTED, Samples.ENDED);
    private static final List<Tag> TAGS = List.of(Samples.unit(1), Samples.unit(2), Samples.group(1));

    private static final List<FaultyClient> CLIENTS_OF_NODES = new ArrayList<>();
    private static MemoryMongo mongo;

    @BeforeAll
    static void start() throws IOException {
        mongo = new MemoryMongo();
        for (int i = 0; i < NODES; i++) {
            CLIENTS_OF_NODES.add(new FaultyClient(mongo.clientSettings()));
        }
    }

    @AfterAll
    static void stop() throws IOException {
        for (FaultyClient client : CLIENTS_OF_NODES) {
            client.close();
        }
        mongo.close();
    }

    @ReliabilityTest("三个节点的并发条件追加，逐史核对可线性化 / Histories of conditional appends on three nodes, each checked"
            + " to be linearizable")
    void appendsUnderAnyConditionsAreLinearizable(Trial trial) {
        int rounds = trial.rounds(40);
        for (int round = 0; round < rounds; round++) {
            Round play = new Round(trial, round);
            play.run(CLIENTS, client -> play.calls(client, trial.dice(play.number * 10L + client)));
        }
    }

    /** Each of three looks for what the next one appends: together their decisions would contradict one another. */
    @ReliabilityTest("写偏斜：条件只有标签、只有类型、匹配一切 / Write skew under conditions on tags only, types only, everything")
    void noTwoDecisionsExcludeOneAnother(Trial trial) {
        int rounds = trial.rounds(24);
        for (int round = 0; round < rounds; round++) {
            Skew skew = Skew.values()[round / 2 % Skew.values().length];
            Round play = new Round(trial, round);
            List<Call> calls = play.run(
                    NODES, client -> Flux.from(play.call(client, skew.looksFor(client), 0, Skew.event(client))));
            assertThat(calls)
                    .as("%s, seed %d, round %d", skew, trial.seed(), round)
                    .filteredOn(call -> call.answer() instanceof Answer.Stands)
                    .hasSizeLessThan(NODES);
        }
    }

    /** What a decision looks for; of the three decisions each one looks for the event of the next. */
    private enum Skew {
        TAGS,
        TYPES,
        EVERYTHING;

        Criteria looksFor(int number) {
            int next = (number + 1) % NODES;
            return switch (this) {
                case TAGS -> Criteria.tags(Samples.unit(next));
                case TYPES -> Criteria.types(Set.of("sample.Decided" + next));
                case EVERYTHING -> Criteria.all();
            };
        }

        static NewEvent event(int number) {
            return LinearizabilityTest.event(
                    "d" + number + ".1", "sample.Decided" + number, Set.of(Samples.unit(number)));
        }
    }

    private static NewEvent event(String id, String type, Set<Tag> tags) {
        return new NewEvent(id, type, "1", Samples.TIME, tags, Map.of(), new byte[] {'1'});
    }

    /** A history on a store of its own. */
    private static final class Round {
        private final Trial trial;
        private final int number;
        private final History history = new History();
        private final Promises promises = new Promises();
        private final List<Journal> journals = new ArrayList<>();
        private final MongoDatabase database = mongo.freshDatabase();

        Round(Trial trial, int number) {
            this.trial = trial;
            this.number = number;
            for (FaultyClient client : CLIENTS_OF_NODES) {
                journals.add(open(client.database(database.getName())));
            }
        }

        private static Journal open(MongoDatabase database) {
            return Objects.requireNonNull(Journal.open(database, SETTINGS).block(LIMIT));
        }

        /** Lets all clients go at once, then checks the history. */
        List<Call> run(int clients, IntFunction<Flux<?>> client) {
            long before = faults();
            if (number % 2 == 1) {
                for (int i = 0; i < NODES; i++) {
                    CLIENTS_OF_NODES.get(i).line().breakBy(trial.dice(number * 10L + CLIENTS + i));
                }
            }
            Flux.merge(IntStream.range(0, clients)
                            .mapToObj(i -> client.apply(i).subscribeOn(Schedulers.parallel()))
                            .toList())
                    .then()
                    .block(LIMIT);
            CLIENTS_OF_NODES.forEach(node -> node.line().mend());
            trial.round(faults() - before);
            journals.forEach(journal -> journal.close().block(LIMIT));
            Journal afterwards = open(database);
            List<String> log = afterwards
                    .read(Criteria.all(), 0, Long.MAX_VALUE)
                    .map(StoredEvent::id)
                    .collectList()
                    .block(LIMIT);
            assertThat(History.isLinearizable(history.calls(), log))
                    .as("seed %d, round %d, log %s, history %s", trial.seed(), number, log, history.calls())
                    .isTrue();
            trial.judge(afterwards, promises);
            afterwards.close().block(LIMIT);
            return history.calls();
        }

        private static long faults() {
            return CLIENTS_OF_NODES.stream()
                    .mapToLong(client -> client.line().faults())
                    .sum();
        }

        /** One after the other, on what its node knows or knew a little earlier. */
        Flux<?> calls(int client, Random dice) {
            return Flux.range(0, CALLS_OF_A_CLIENT).concatMap(i -> {
                String command = "c" + client + "-" + i;
                NewEvent[] events = IntStream.rangeClosed(1, 1 + dice.nextInt(2))
                        .mapToObj(part -> event(command + "." + part, oneOf(TYPES, dice), Set.of(oneOf(TAGS, dice))))
                        .toArray(NewEvent[]::new);
                return call(client, criteria(dice), dice.nextInt(3), events);
            });
        }

        /**
         * @param back how far before the head the marker lies
         */
        Mono<?> call(int client, Criteria criteria, int back, NewEvent... events) {
            return Mono.defer(() -> {
                        Journal journal = journals.get(client % NODES);
                        AppendCondition condition = new AppendCondition(Math.max(0, journal.head() - back), criteria);
                        String id = events[0].id();
                        String command = id.substring(0, id.lastIndexOf('.'));
                        return history.note(
                                condition,
                                List.of(events),
                                promises.append(journal, command, condition, List.of(events)));
                    })
                    .onErrorComplete(JournalException.class);
        }
    }

    private static Criteria criteria(Random dice) {
        return switch (dice.nextInt(6)) {
            case 0 -> Criteria.all();
            case 1 -> Criteria.types(Set.of(oneOf(TYPES, dice)));
            case 2 -> Criteria.tags(oneOf(TAGS, dice));
            case 3 -> Criteria.nothing();
            case 4 -> new Criteria(List.of(new Criterion(Set.of(oneOf(TYPES, dice)), Set.of(oneOf(TAGS, dice)))));
            default ->
                new Criteria(List.of(
                        new Criterion(Set.of(oneOf(TYPES, dice)), Set.of()),
                        new Criterion(Set.of(), Set.of(oneOf(TAGS, dice)))));
        };
    }

    private static <T> T oneOf(List<T> values, Random dice) {
        return values.get(dice.nextInt(values.size()));
    }
}
