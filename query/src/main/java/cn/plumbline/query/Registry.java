package cn.plumbline.query;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Which collection a projection is read from, up to which position it is complete, and who may move that: one document
 * per projection in {@code views}, changed by single conditional writes, so that processes need no transaction to agree.
 * It also names the collections, and removes those that nobody reads.
 *
 * <p>Who feeds the projection has raised the epoch, and moves the position only while nobody else has raised it.
 */
final class Registry {

    private static final String COLLECTION = "views";
    private static final String ID = "_id";
    private static final String VERSION = "version";
    private static final String IN_USE = "collection";
    private static final String GENERATION = "generation";
    private static final String POSITION = "position";
    private static final String EPOCH = "epoch";

    private final MongoDatabase database;
    private final MongoCollection<Document> views;
    private final Projection projection;
    private final String node;

    Registry(MongoDatabase database, Projection projection, String node) {
        this.database = database;
        this.views = database.getCollection(COLLECTION);
        this.projection = projection;
        this.node = node.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
    }

    /**
     * What is registered.
     *
     * @param version of the projection that made the collection
     * @param collection its name
     * @param generation counts the collections of this projection
     * @param position up to which its documents are complete
     * @param epoch counts the changes of who feeds it; with the position it only grows
     */
    record Entry(int version, String collection, long generation, long position, long epoch) {

        Entry at(long reached) {
            return new Entry(version, collection, generation, reached, epoch);
        }

        boolean isAfter(Entry other) {
            return epoch > other.epoch || (epoch == other.epoch && position > other.position);
        }
    }

    Mono<Entry> find() {
        return Mono.from(views.find(Filters.eq(ID, projection.name())).first()).map(Registry::entry);
    }

    /** Registers the first collection; false when there is one. */
    Mono<Boolean> insert(Entry entry) {
        return Mono.from(views.insertOne(document(entry)))
                .thenReturn(true)
                .onErrorResume(Registry::isDuplicate, another -> Mono.just(false));
    }

    /**
     * Raises the epoch, so that from now on only the caller moves the position; empty when nothing of this version is
     * registered, so that a process of another version disturbs nobody.
     */
    Mono<Entry> takeOver() {
        return takeOver(Filters.and(Filters.eq(ID, projection.name()), Filters.eq(VERSION, projection.version())));
    }

    /** As {@link #takeOver()}, from whatever version. */
    Mono<Entry> takeOverFromAnyVersion() {
        return takeOver(Filters.eq(ID, projection.name()));
    }

    private Mono<Entry> takeOver(Bson whose) {
        return Mono.from(views.findOneAndUpdate(
                        whose,
                        Updates.inc(EPOCH, 1L),
                        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER)))
                .map(Registry::entry);
    }

    /** Moves the position; false when somebody has taken over. */
    Mono<Boolean> advance(Entry mine, long position) {
        return Mono.from(views.updateOne(of(mine), Updates.set(POSITION, position)))
                .map(result -> result.getMatchedCount() == 1);
    }

    /** Registers another collection in the place of one that was taken over; false when somebody has taken over. */
    Mono<Boolean> replace(Entry mine, Entry other) {
        return Mono.from(views.replaceOne(of(mine), document(other))).map(result -> result.getMatchedCount() == 1);
    }

    DocumentStore store(String collection) {
        return new DocumentStore(database, collection);
    }

    /** A name for a collection that this process builds, used once: what a failed build still writes is not in the next. */
    String newName(long generation) {
        return newName("_r" + generation);
    }

    /** A name for a collection of this process with what was known at a position, used once. */
    String newReplayName(long position) {
        return newName("_at" + position);
    }

    private String newName(String what) {
        long once = ThreadLocalRandom.current().nextLong(1L << 40);
        return prefix() + what + "_" + Long.toString(once, Character.MAX_RADIX) + "_" + node;
    }

    /**
     * Drops what an earlier run of this process left behind; other processes' collections stay. The epoch is raised
     * before, so that what that run still sends does not register one of them.
     *
     * @param registered what was found to be registered
     * @return what is registered
     */
    Mono<Entry> dropLeftovers(Entry registered) {
        return leftovers(registered)
                .hasElements()
                .flatMap(some -> some ? takeOver().defaultIfEmpty(registered) : Mono.just(registered))
                .flatMap(entry -> leftovers(entry)
                        .collectList()
                        .flatMapMany(Flux::fromIterable)
                        .concatMap(name -> store(name).drop())
                        .then(Mono.just(entry)));
    }

    private Flux<String> leftovers(Entry registered) {
        return Flux.from(database.listCollectionNames())
                .filter(name -> name.startsWith(projection.name() + "_v") && name.endsWith("_" + node))
                .filter(name -> !name.equals(registered.collection()));
    }

    private String prefix() {
        return projection.name() + "_v" + projection.version();
    }

    private Bson of(Entry mine) {
        return Filters.and(Filters.eq(ID, projection.name()), Filters.eq(EPOCH, mine.epoch()));
    }

    private Document document(Entry entry) {
        return new Document(ID, projection.name())
                .append(VERSION, entry.version())
                .append(IN_USE, entry.collection())
                .append(GENERATION, entry.generation())
                .append(POSITION, entry.position())
                .append(EPOCH, entry.epoch());
    }

    private static Entry entry(Document document) {
        return new Entry(
                document.getInteger(VERSION),
                document.getString(IN_USE),
                document.getLong(GENERATION),
                document.get(POSITION, 0L),
                document.get(EPOCH, 0L));
    }

    private static boolean isDuplicate(Throwable failure) {
        return failure instanceof MongoWriteException write
                && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
    }
}
