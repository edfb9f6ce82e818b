package cn.plumbline.journal;

import static cn.plumbline.journal.Samples.ended;
import static cn.plumbline.journal.Samples.started;
import static cn.plumbline.journal.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** What following promises. */
public abstract class FollowContract extends Contract {

    @Test
    void aFollowerSeesWhatIsThereThenHowFarItIsThenWhatComes() {
        append(started(unit(1)), started(unit(2)));

        StepVerifier.create(log().follow(Criteria.all(), 0).map(FollowContract::describe))
                .expectNext("event 1", "event 2", "scanned 2")
                .then(() -> append(ended(unit(1))))
                .expectNext("event 3", "scanned 3")
                .then(() -> append(ended(unit(2)), ended(unit(3))))
                .expectNext("event 4", "event 5", "scanned 5")
                .thenCancel()
                .verify(limit());
    }

    @Test
    void aFollowerOfAnEmptyLogLearnsThatAtOnce() {
        StepVerifier.create(log().follow(Criteria.all(), 0).map(FollowContract::describe))
                .expectNext("scanned 0")
                .then(() -> append(started()))
                .expectNext("event 1", "scanned 1")
                .thenCancel()
                .verify(limit());
    }

    @Test
    void theScannedPositionMovesWithoutMatchingEvents() {
        append(started(unit(1)));

        StepVerifier.create(log().follow(Criteria.tags(unit(1)), 0).map(FollowContract::describe))
                .expectNext("event 1", "scanned 1")
                .then(() -> append(started(unit(2))))
                .expectNext("scanned 2")
                .then(() -> append(started(unit(2)), ended(unit(1)), started(unit(2))))
                .expectNext("event 4", "scanned 5")
                .thenCancel()
                .verify(limit());
    }

    @Test
    void aFollowerMayBeginBeyondTheHead() {
        append(started());

        StepVerifier.create(log().follow(Criteria.all(), 3).map(FollowContract::describe))
                .then(() -> append(started()))
                .then(() -> append(started(), started()))
                .expectNext("event 4", "scanned 4")
                .thenCancel()
                .verify(limit());
    }

    @Test
    void aFollowerEndsWhenTheLogIsClosed() {
        append(started());
        EventLog sibling = log().sibling();

        StepVerifier.create(sibling.follow(Criteria.all(), 0).map(FollowContract::describe))
                .expectNext("event 1", "scanned 1")
                .then(sibling::close)
                .expectComplete()
                .verify(limit());
    }

    @Test
    void aFollowerOfAnotherInstanceSeesWhatIsAppendedHere() {
        EventLog sibling = log().sibling();
        try {
            StepVerifier.create(sibling.follow(Criteria.all(), 0).map(FollowContract::describe))
                    .expectNext("scanned 0")
                    .then(() -> append(started()))
                    .expectNext("event 1", "scanned 1")
                    .thenCancel()
                    .verify(limit());
        } finally {
            sibling.close();
        }
    }

    @Test
    void slowFollowersSkipNothingWhileOthersAppend() {
        int count = 1500;
        long seed = System.nanoTime();
        List<Slow> followers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Slow follower = new Slow(count, new Random(seed + i));
            log().follow(Criteria.all(), 0).subscribe(follower);
            followers.add(follower);
        }
        await(Flux.range(0, count).flatMap(i -> log().append(List.of(started(unit(i))), AppendCondition.none()), 64));

        List<Long> all = LongStream.rangeClosed(1, count).boxed().toList();
        for (Slow follower : followers) {
            assertThat(follower.done.asMono().then(Mono.just(follower.seen)).block(limit()))
                    .as("seed %d", seed)
                    .isEqualTo(all);
        }
    }

    private static String describe(Followed followed) {
        return switch (followed) {
            case Followed.Event(StoredEvent event) -> "event " + event.position();
            case Followed.Scanned(long position) -> "scanned " + position;
        };
    }

    /** Asks for a few elements at a time. */
    private static final class Slow extends BaseSubscriber<Followed> {
        private final int count;
        private final Random random;
        private final List<Long> seen = Collections.synchronizedList(new ArrayList<>());
        private final Sinks.Empty<Void> done = Sinks.empty();
        private long outstanding;

        Slow(int count, Random random) {
            this.count = count;
            this.random = random;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            ask();
        }

        @Override
        protected void hookOnNext(Followed followed) {
            if (followed instanceof Followed.Event event) {
                seen.add(event.position());
            }
            if (seen.size() == count) {
                cancel();
                var unused = done.tryEmitEmpty();
            } else if (--outstanding == 0) {
                ask();
            }
        }

        private void ask() {
            outstanding = 1L + random.nextInt(5);
            request(outstanding);
        }
    }
}
