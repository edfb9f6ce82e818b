package cn.plumbline.journal.reliability;

import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Followed;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.NewEvent;
import cn.plumbline.journal.Samples;
import cn.plumbline.journal.embedded.EmbeddedMongo;
import cn.plumbline.journal.embedded.EmbeddedSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A process with a small heap that appends much to a journal in a file and follows it slowly: as long as it appends, it
 * takes one event in the time in which so many are appended; then it catches up. Arguments: the data directory, how
 * many events. Its last line says how many it has seen, one after the other without a gap, and how many it had seen
 * when the last was appended.
 */
public final class SlowReader {

    static final String SEEN = "SEEN";

    static final int PAYLOAD_BYTES = 64 * 1024;
    private static final int APPENDED_FOR_ONE_SEEN = 25;
    private static final int AT_A_TIME = 16;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Journal journal;
    private final int events;
    private final AtomicLong appended = new AtomicLong();
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong seenAtTheLast = new AtomicLong();
    private final Sinks.Many<Long> progress = Sinks.many().replay().latest();

    private SlowReader(Journal journal, int events) {
        this.journal = journal;
        this.events = events;
    }

    public static void main(String[] arguments) {
        EmbeddedMongo server =
                Objects.requireNonNull(EmbeddedMongo.open(EmbeddedSettings.inDirectory(Path.of(arguments[0])))
                        .block(LIMIT));
        MongoClient client = MongoClients.create(server.clientSettings());
        Journal journal = Objects.requireNonNull(Journal.open(
                        client.getDatabase("plumbline"),
                        JournalSettings.of("journal", "slow").withCacheBytes(2 << 20))
                .block(LIMIT));
        new SlowReader(journal, Integer.parseInt(arguments[1])).run().block(LIMIT);
        journal.close().block(LIMIT);
        client.close();
        server.close().block(LIMIT);
    }

    private Mono<Void> run() {
        Mono<Void> appending =
                Flux.range(0, events).flatMap(this::append, AT_A_TIME).then();
        Mono<Void> following = journal.follow(Criteria.all(), 0)
                .ofType(Followed.Event.class)
                .concatMap(this::see, 0)
                .take(events)
                .then();
        return Mono.when(appending, following)
                .then(Mono.fromRunnable(() -> Child.say(SEEN + " " + seen.get() + " " + seenAtTheLast.get())));
    }

    private Mono<Void> append(int number) {
        String id = "c" + number;
        NewEvent event = new NewEvent(
                id + ".1",
                Samples.STARTED,
                "1",
                Samples.TIME,
                Set.of(Samples.commandTag(id)),
                Map.of(),
                ("\"" + "x".repeat(PAYLOAD_BYTES) + "\"").getBytes(StandardCharsets.UTF_8));
        Child.sayTries(id, 1);
        return journal.append(List.of(event), AppendCondition.none())
                .doOnNext(there -> {
                    Child.sayAcknowledged(id, 1, there.first());
                    advance();
                })
                .then();
    }

    private synchronized void advance() {
        long count = appended.incrementAndGet();
        if (count == events) {
            seenAtTheLast.set(seen.get());
        }
        progress.tryEmitNext(count).orThrow();
    }

    private Mono<Long> see(Followed.Event followed) {
        long expected = seen.get() + 1;
        if (followed.position() != expected) {
            return Mono.error(new IllegalStateException(followed.position() + " in place of " + expected));
        }
        long until = Math.min(events, expected * APPENDED_FOR_ONE_SEEN);
        return progress.asFlux().filter(count -> count >= until).next().doOnNext(count -> seen.incrementAndGet());
    }
}
