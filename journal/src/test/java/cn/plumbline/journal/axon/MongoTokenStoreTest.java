package cn.plumbline.journal.axon;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.journal.MemoryMongo;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.AxonNonTransientException;
import org.axonframework.messaging.core.unitofwork.UnitOfWorkTestUtils;
import org.axonframework.messaging.eventhandling.processing.streaming.segmenting.Segment;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GapAwareTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.MergedTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.ReplayToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToInitializeTokenException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class MongoTokenStoreTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(10);

    private static MemoryMongo mongo;

    private final MongoDatabase database = mongo.freshDatabase();
    private volatile Instant now = Instant.parse("2026-11-22T01:00:00Z");
    private final InstantSource time = () -> now;
    private final MongoTokenStore here = store("here");
    private final MongoTokenStore there = store("there");

    @BeforeAll
    static void start() {
        mongo = new MemoryMongo();
    }

    @AfterAll
    static void stop() {
        mongo.close();
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Nested
    class AProcessorWithoutSegments {

        @Test
        void hasNone() throws Exception {
            assertThat(get(here.fetchSegments("p", null))).isEmpty();
            assertThat(get(here.fetchAvailableSegments("p", null))).isEmpty();
            assertThat(get(here.fetchSegment("p", 0, null))).isNull();
        }

        @Test
        void cannotBeClaimed() {
            assertFails(here.fetchToken("p", 0, null), UnableToClaimTokenException.class);
            assertFails(here.storeToken(at(1), "p", 0, null), UnableToClaimTokenException.class);
            assertFails(here.extendClaim("p", 0, null), UnableToClaimTokenException.class);
            assertFails(here.deleteToken("p", 0, null), UnableToClaimTokenException.class);
        }

        @Test
        void isInitializedWithBalancedSegmentsThatNobodyOwns() throws Exception {
            List<Segment> made = get(here.initializeTokenSegments("p", 4, at(7), null));
            assertThat(made).extracting(Segment::getSegmentId).containsExactly(0, 1, 2, 3);
            assertThat(made).allSatisfy(segment -> assertThat(segment.getMask()).isEqualTo(3));
            assertThat(get(there.fetchAvailableSegments("p", null))).isEqualTo(made);
            assertThat(get(there.fetchToken("p", 3, null))).isEqualTo(at(7));
            assertThat(get(there.fetchSegments("another", null))).isEmpty();
        }

        @Test
        void isInitializedByExactlyOneOfManyWhoTry() {
            List<Boolean> outcomes = Objects.requireNonNull(Flux.range(0, 16)
                    .flatMap(
                            n -> Mono.fromFuture(() ->
                                            (n % 2 == 0 ? here : there).initializeTokenSegments("p", 2, at(0), null))
                                    .thenReturn(true)
                                    .onErrorReturn(UnableToClaimTokenException.class, false),
                            16)
                    .collectList()
                    .block(LIMIT));
            assertThat(outcomes).hasSize(16).containsOnlyOnce(true);
        }

        @Test
        void isInitializedAfterAnInitializationThatWasCutShort() throws Exception {
            get(here.initializeSegment(at(0), "p", new Segment(1, 1), null));
            assertThat(get(here.fetchSegments("p", null))).isEmpty();
            assertThat(get(here.initializeTokenSegments("p", 2, at(0), null)))
                    .containsExactly(new Segment(0, 1), new Segment(1, 1));
        }

        @Test
        void isNotInitializedOverLeftOversOfOtherSegments() throws Exception {
            get(here.initializeSegment(at(0), "p", new Segment(3, 3), null));
            assertFails(here.initializeTokenSegments("p", 2, at(0), null), UnableToInitializeTokenException.class);
        }
    }

    @Nested
    class ASegment {

        @BeforeEach
        void initialize() throws Exception {
            get(here.initializeTokenSegments("p", 1, at(0), null));
        }

        @Test
        void isNotInitializedTwice() {
            assertFails(here.initializeTokenSegments("p", 1, at(0), null), UnableToClaimTokenException.class);
            assertFails(
                    here.initializeSegment(at(0), "p", new Segment(0, 0), null),
                    UnableToInitializeTokenException.class);
        }

        @Test
        void belongsToTheNodeThatFetchesItFirst() throws Exception {
            assertThat(get(here.fetchToken("p", 0, null))).isEqualTo(at(0));
            assertFails(there.fetchToken("p", 0, null), UnableToClaimTokenException.class);
            assertThat(get(there.fetchAvailableSegments("p", null))).isEmpty();
            assertThat(get(here.fetchAvailableSegments("p", null))).hasSize(1);
            assertThat(get(there.fetchSegments("p", null))).hasSize(1);
        }

        @Test
        void belongsToExactlyOneOfTwoWhoFetchItAtOnce() {
            for (int round = 0; round < 20; round++) {
                String processor = "race-" + round;
                assertThat(here.initializeTokenSegments(processor, 1, at(0), null))
                        .succeedsWithin(LIMIT);
                List<Boolean> outcomes = Objects.requireNonNull(Flux.just(here, there)
                        .flatMap(
                                store -> Mono.fromFuture(() -> store.fetchToken(processor, 0, null))
                                        .thenReturn(true)
                                        .onErrorReturn(UnableToClaimTokenException.class, false),
                                2)
                        .collectList()
                        .block(LIMIT));
                assertThat(outcomes).containsExactlyInAnyOrder(true, false);
            }
        }

        @Test
        void goesToAnotherNodeAfterItsRelease() throws Exception {
            get(here.fetchToken("p", 0, null));
            get(here.storeToken(at(5), "p", 0, null));
            get(here.releaseClaim("p", 0, null));
            assertThat(get(there.fetchToken("p", 0, null))).isEqualTo(at(5));
        }

        @Test
        void isNotReleasedByANodeThatDoesNotOwnIt() throws Exception {
            get(here.fetchToken("p", 0, null));
            get(there.releaseClaim("p", 0, null));
            assertFails(there.fetchToken("p", 0, null), UnableToClaimTokenException.class);
        }

        @Test
        void isStolenFromANodeThatIsSilentForTheClaimTimeout() throws Exception {
            get(here.fetchToken("p", 0, null));
            now = now.plus(CLAIM_TIMEOUT);
            assertFails(there.fetchToken("p", 0, null), UnableToClaimTokenException.class);
            now = now.plusMillis(1);
            assertThat(get(there.fetchAvailableSegments("p", null))).hasSize(1);
            assertThat(get(there.fetchToken("p", 0, null))).isEqualTo(at(0));
            assertFails(here.storeToken(at(9), "p", 0, null), UnableToClaimTokenException.class);
            assertFails(here.extendClaim("p", 0, null), UnableToClaimTokenException.class);
            assertFails(here.deleteToken("p", 0, null), UnableToClaimTokenException.class);
            get(here.releaseClaim("p", 0, null));
            get(there.storeToken(at(3), "p", 0, null));
            assertThat(get(there.fetchToken("p", 0, null))).isEqualTo(at(3));
        }

        @Test
        void isKeptByExtendingTheClaimAndByStoring() throws Exception {
            get(here.fetchToken("p", 0, null));
            now = now.plus(CLAIM_TIMEOUT);
            get(here.extendClaim("p", 0, null));
            now = now.plus(CLAIM_TIMEOUT);
            assertFails(there.fetchToken("p", 0, null), UnableToClaimTokenException.class);
            get(here.storeToken(at(2), "p", 0, null));
            now = now.plus(CLAIM_TIMEOUT);
            assertFails(there.fetchToken("p", 0, null), UnableToClaimTokenException.class);
        }

        @Test
        void isDeletedByItsOwnerOrWhenNobodyOwnsIt() throws Exception {
            get(here.fetchToken("p", 0, null));
            assertFails(there.deleteToken("p", 0, null), UnableToClaimTokenException.class);
            get(here.deleteToken("p", 0, null));
            assertThat(get(here.fetchSegments("p", null))).isEmpty();
            get(here.initializeTokenSegments("p", 1, at(0), null));
            get(there.deleteToken("p", 0, null));
            assertThat(get(here.fetchSegments("p", null))).isEmpty();
        }

        @Test
        void completesItsFuturesOnThreadsOfTheStore() throws Exception {
            List<String> threads = new ArrayList<>();
            get(here.fetchToken("p", 0, null).thenAccept(token -> threads.add(threadName())));
            get(here.extendClaim("p", 1, null).handle((none, failure) -> threads.add(threadName())));
            // A future that is complete before the stage is attached runs it here.
            assertThat(threads).allMatch(name -> name.startsWith("journal-tokens") || name.equals(threadName()));
        }
    }

    @Nested
    class WithinAProcessingContext {

        @BeforeEach
        void claim() throws Exception {
            get(here.initializeTokenSegments("p", 1, at(0), null));
            get(here.fetchToken("p", 0, null));
        }

        @Test
        void aTokenIsWrittenAfterWhatIsPreparedForTheCommit() throws Exception {
            List<@Nullable TrackingToken> seen = new ArrayList<>();
            var work = UnitOfWorkTestUtils.aUnitOfWork();
            work.onPrepareCommit(context -> here.storeToken(at(4), "p", 0, context));
            work.onPrepareCommit(context -> here.fetchToken("p", 0, null).thenAccept(seen::add));
            work.onAfterCommit(context -> here.fetchToken("p", 0, null).thenAccept(seen::add));
            get(work.execute());
            assertThat(seen).containsExactly(at(0), at(4));
        }

        @Test
        void aTokenIsNotWrittenWhenThePreparationFails() throws Exception {
            var work = UnitOfWorkTestUtils.aUnitOfWork();
            work.onPrepareCommit(context -> here.storeToken(at(4), "p", 0, context));
            work.onPrepareCommit(context -> CompletableFuture.failedFuture(new IllegalStateException("flush")));
            assertFails(work.execute(), IllegalStateException.class);
            assertThat(get(here.fetchToken("p", 0, null))).isEqualTo(at(0));
        }

        @Test
        void aLostClaimFailsTheCommit() throws Exception {
            now = now.plus(CLAIM_TIMEOUT).plusMillis(1);
            get(there.fetchToken("p", 0, null));
            var work = UnitOfWorkTestUtils.aUnitOfWork();
            work.onPrepareCommit(context -> here.storeToken(at(4), "p", 0, context));
            assertFails(work.execute(), UnableToClaimTokenException.class);
        }
    }

    @Nested
    class ATokenThatIsStored {

        @Test
        void comesBackAsItWas() throws Exception {
            TrackingToken replay = ReplayToken.createReplayToken(at(9), at(4));
            TrackingToken fresh = ReplayToken.createReplayToken(at(9));
            TrackingToken merged = MergedTrackingToken.merged(at(2), replay);
            List<@Nullable TrackingToken> tokens = new ArrayList<>(List.of(at(0), at(1L << 40), replay, fresh, merged));
            tokens.add(null);
            for (int n = 0; n < tokens.size(); n++) {
                get(here.initializeSegment(tokens.get(n), "p", new Segment(n, 7), null));
                assertThat(get(there.fetchToken("p", n, null))).isEqualTo(tokens.get(n));
                get(there.storeToken(at(99), "p", n, null));
                get(there.storeToken(tokens.get(n), "p", n, null));
                assertThat(get(there.fetchToken("p", n, null))).isEqualTo(tokens.get(n));
            }
        }

        @Test
        void isOfAKnownTypeOrRefused() throws Exception {
            TrackingToken unknown = new GapAwareTrackingToken(5, List.of());
            assertFails(here.initializeSegment(unknown, "p", new Segment(0, 0), null), UnsupportedTokenException.class);
            assertFails(
                    here.initializeTokenSegments("p", 1, ReplayToken.createReplayToken(at(9), null, "because"), null),
                    UnsupportedTokenException.class);
            get(here.initializeTokenSegments("p", 1, at(0), null));
            get(here.fetchToken("p", 0, null));
            assertFails(here.storeToken(unknown, "p", 0, null), UnsupportedTokenException.class);
            assertThat(get(here.fetchToken("p", 0, null))).isEqualTo(at(0));
            assertThat(AxonNonTransientException.class).isAssignableFrom(UnsupportedTokenException.class);
        }
    }

    @Test
    void storesOfOneDatabaseHaveOneIdentifierAndThoseOfAnotherDatabaseAnother() throws Exception {
        List<String> identifiers = Objects.requireNonNull(Flux.range(0, 8)
                .flatMap(n -> Mono.fromFuture(() -> (n % 2 == 0 ? here : there).retrieveStorageIdentifier(null)), 8)
                .distinct()
                .collectList()
                .block(LIMIT));
        assertThat(identifiers).hasSize(1);
        try (MongoTokenStore elsewhere =
                new MongoTokenStore(mongo.freshDatabase(), "here", CLAIM_TIMEOUT, Clock.systemUTC())) {
            assertThat(get(elsewhere.retrieveStorageIdentifier(null))).isNotEqualTo(identifiers.get(0));
        }
    }

    private MongoTokenStore store(String node) {
        return new MongoTokenStore(database, node, CLAIM_TIMEOUT, time.withZone(ZoneOffset.UTC));
    }

    private static TrackingToken at(long index) {
        return new GlobalSequenceTrackingToken(index);
    }

    private static String threadName() {
        return Thread.currentThread().getName();
    }

    @CanIgnoreReturnValue
    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private static void assertFails(CompletableFuture<?> future, Class<? extends Throwable> type) {
        assertThat(future)
                .failsWithin(LIMIT)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(type);
    }
}
