package cn.plumbline.journal.axon;

import static cn.plumbline.journal.axon.TokenDocuments.OWNER;
import static cn.plumbline.journal.axon.TokenDocuments.TIMESTAMP;
import static cn.plumbline.journal.axon.TokenDocuments.TOKEN;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.processing.streaming.segmenting.Segment;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.TokenStore;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToInitializeTokenException;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Axon's token store on a MongoDB collection, {@code tokens}: where each segment of each processor has got to, and
 * which node works on it. Every change is one conditional write to one document, so nodes need no transaction to agree.
 *
 * <p>A node owns a segment from {@link #fetchToken} until it releases it, or until it has not said for the claim
 * timeout that it still works on it and another node claims it. It then learns of that at its next write, which fails
 * with {@link UnableToClaimTokenException}.
 *
 * <p>{@link #storeToken} within a processing context writes in its COMMIT phase. Axon calls it first in the phase
 * before, in which projections write what they have made of the events; a token that is there first would, after a
 * crash, skip those events. All other methods take effect at once, whatever the context.
 *
 * <p>Futures complete on threads of this store, on which callers may block; never on the driver's. They fail with
 * {@link UnsupportedTokenException} for tokens that cannot be stored, and with
 * {@link TokenStoreUnavailableException} when the database fails.
 */
public final class MongoTokenStore implements TokenStore, AutoCloseable {

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final int THREADS = 4;
    private static final int QUEUED_COMPLETIONS = 10_000;
    private static final String COLLECTION = "tokens";
    private static final String STORAGE = "storage";

    private final MongoCollection<Document> tokens;
    private final TokenDocuments documents;
    private final String node;
    private final Scheduler completions =
            Schedulers.newBoundedElastic(THREADS, QUEUED_COMPLETIONS, "journal-tokens", 60, true);

    /**
     * A store for one process.
     *
     * @param database where the collection is
     * @param node the name of this process, different from that of every other one on the same database
     * @param claimTimeout how long an owner may be silent before others claim its segments
     * @param clock gives the time of claims; those of all nodes agree to well below the timeout
     */
    public MongoTokenStore(MongoDatabase database, String node, Duration claimTimeout, Clock clock) {
        this.tokens = database.getCollection(COLLECTION);
        this.documents = new TokenDocuments(node, claimTimeout, clock);
        this.node = node;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Segment 0, which every processor has, is inserted last, and without it a processor counts as not initialized:
     * an initialization that was cut short is simply done again.
     */
    @Override
    public CompletableFuture<List<Segment>> initializeTokenSegments(
            String processor, int count, @Nullable TrackingToken initial, @Nullable ProcessingContext context) {
        List<Segment> segments = Segment.splitBalanced(Segment.ROOT_SEGMENT, count - 1).stream()
                .sorted()
                .toList();
        return future(stored(processor)
                .flatMap(all -> notInTheWay(all, segments, processor))
                .thenMany(Flux.fromIterable(segments.reversed()))
                .concatMap(segment -> initialize(processor, segment, initial))
                .then(Mono.just(segments)));
    }

    @Override
    public CompletableFuture<Void> storeToken(
            @Nullable TrackingToken token, String processor, int segment, @Nullable ProcessingContext context) {
        if (context != null && context.isStarted() && !context.isCommitted()) {
            var unused = context.onCommit(committing -> future(store(token, processor, segment)));
            return CompletableFuture.completedFuture(null);
        }
        return future(store(token, processor, segment));
    }

    @Override
    public CompletableFuture<TrackingToken> fetchToken(
            String processor, int segment, @Nullable ProcessingContext context) {
        return future(Mono.defer(() -> Mono.from(tokens.findOneAndUpdate(
                        documents.claimable(processor, segment),
                        Updates.combine(Updates.set(OWNER, node), Updates.set(TIMESTAMP, documents.now())),
                        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER))))
                .switchIfEmpty(Mono.error(() -> notClaimed(processor, segment)))
                .mapNotNull(document -> TokenCodec.decode(document.get(TOKEN, Document.class))));
    }

    @Override
    public CompletableFuture<Void> extendClaim(String processor, int segment, @Nullable ProcessingContext context) {
        return future(Mono.defer(() -> Mono.from(
                        tokens.updateOne(documents.owned(processor, segment), Updates.set(TIMESTAMP, documents.now()))))
                .flatMap(result -> claimed(result.getMatchedCount(), processor, segment)));
    }

    @Override
    public CompletableFuture<Void> releaseClaim(String processor, int segment, @Nullable ProcessingContext context) {
        return future(Mono.from(tokens.updateOne(documents.owned(processor, segment), Updates.set(OWNER, null)))
                .then());
    }

    @Override
    public CompletableFuture<Void> initializeSegment(
            @Nullable TrackingToken token, String processor, Segment segment, @Nullable ProcessingContext context) {
        return future(insert(processor, segment, token)
                .onErrorMap(
                        MongoTokenStore::isDuplicate,
                        duplicate -> new UnableToInitializeTokenException(
                                "There already is a token of " + processor + "/" + segment.getSegmentId())));
    }

    /**
     * {@inheritDoc}
     *
     * <p>A token that nobody owns is deleted too, beyond what the interface asks: Axon 5.0.1 itself releases a segment
     * that it splits before it deletes it, and would leave two overlapping ones if that failed.
     */
    @Override
    public CompletableFuture<Void> deleteToken(String processor, int segment, @Nullable ProcessingContext context) {
        return future(Mono.from(tokens.deleteOne(documents.notOwnedByOthers(processor, segment)))
                .flatMap(result -> claimed(result.getDeletedCount(), processor, segment)));
    }

    @Override
    public CompletableFuture<Segment> fetchSegment(String processor, int segment, @Nullable ProcessingContext context) {
        return future(Mono.from(tokens.find(TokenDocuments.ofSegment(processor, segment)))
                .map(TokenDocuments::segment));
    }

    @Override
    public CompletableFuture<List<Segment>> fetchSegments(String processor, @Nullable ProcessingContext context) {
        return future(initializedSegments(processor, document -> true));
    }

    @Override
    public CompletableFuture<List<Segment>> fetchAvailableSegments(
            String processor, @Nullable ProcessingContext context) {
        return future(initializedSegments(processor, documents::isClaimable));
    }

    @Override
    public CompletableFuture<String> retrieveStorageIdentifier(@Nullable ProcessingContext context) {
        Mono<String> stored =
                Mono.from(tokens.find(Filters.eq("_id", STORAGE))).map(document -> document.getString("identifier"));
        Mono<String> made = Mono.defer(() -> Mono.from(tokens.insertOne(new Document("_id", STORAGE)
                        .append("identifier", UUID.randomUUID().toString()))))
                .then(stored)
                .onErrorResume(MongoTokenStore::isDuplicate, another -> stored);
        return future(stored.switchIfEmpty(made));
    }

    /** Ends the threads of this store; no method may be called afterwards. */
    @Override
    public void close() {
        completions.dispose();
    }

    private Mono<Void> store(@Nullable TrackingToken token, String processor, int segment) {
        return Mono.defer(() -> Mono.from(tokens.updateOne(
                        documents.owned(processor, segment),
                        Updates.combine(
                                Updates.set(TOKEN, TokenCodec.encode(token)),
                                Updates.set(TIMESTAMP, documents.now())))))
                .flatMap(result -> claimed(result.getMatchedCount(), processor, segment));
    }

    private Mono<Void> insert(String processor, Segment segment, @Nullable TrackingToken token) {
        return Mono.defer(() -> Mono.from(tokens.insertOne(documents.unclaimed(processor, segment, token))))
                .then();
    }

    /** Fails if the processor is initialized, or has left-overs that do not belong to the new segments. */
    private static Mono<Void> notInTheWay(List<Document> all, List<Segment> segments, String processor) {
        if (isInitialized(all)) {
            return Mono.error(new UnableToClaimTokenException(processor + " already has segments"));
        }
        return segments.containsAll(segments(all, document -> true))
                ? Mono.empty()
                : Mono.error(new UnableToInitializeTokenException(processor + " has left-overs of other segments"));
    }

    /** Others than segment 0 may be there already, from an initialization that was cut short. */
    private Mono<Void> initialize(String processor, Segment segment, @Nullable TrackingToken initial) {
        Mono<Void> inserted = insert(processor, segment, initial);
        return segment.getSegmentId() == 0
                ? inserted.onErrorMap(
                        MongoTokenStore::isDuplicate,
                        duplicate -> new UnableToClaimTokenException(processor + " already has segments"))
                : inserted.onErrorResume(MongoTokenStore::isDuplicate, leftOver -> Mono.empty());
    }

    private Mono<List<Segment>> initializedSegments(String processor, Predicate<Document> wanted) {
        return stored(processor).map(all -> isInitialized(all) ? segments(all, wanted) : List.of());
    }

    private Mono<List<Document>> stored(String processor) {
        return Flux.from(tokens.find(TokenDocuments.ofProcessor(processor))).collectList();
    }

    private static boolean isInitialized(List<Document> all) {
        return all.stream()
                .anyMatch(document -> TokenDocuments.segment(document).getSegmentId() == 0);
    }

    private static List<Segment> segments(List<Document> all, Predicate<Document> wanted) {
        return all.stream().filter(wanted).map(TokenDocuments::segment).sorted().toList();
    }

    private Mono<Void> claimed(long documentsChanged, String processor, int segment) {
        return documentsChanged == 1 ? Mono.empty() : Mono.error(notClaimed(processor, segment));
    }

    private UnableToClaimTokenException notClaimed(String processor, int segment) {
        return new UnableToClaimTokenException("The token of " + processor + "/" + segment
                + " does not exist or belongs to another node than " + node);
    }

    /** Nothing happens before this: every Mono here is cold. */
    @SuppressWarnings("NullAway") // Axon's interface stands for "none" with null
    private <T> CompletableFuture<T> future(Mono<T> mono) {
        return mono.timeout(ANSWER_TIMEOUT)
                .onErrorMap(MongoTokenStore::isDatabaseFailure, TokenStoreUnavailableException::new)
                .publishOn(completions)
                .toFuture();
    }

    private static boolean isDuplicate(Throwable failure) {
        return failure instanceof MongoWriteException write
                && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
    }

    private static boolean isDatabaseFailure(Throwable failure) {
        return failure instanceof MongoException || failure instanceof TimeoutException;
    }
}
