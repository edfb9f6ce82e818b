package cn.plumbline.query;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.Locale;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Which collection a projection is read from: one document per projection in {@code views}, replaced in one write when
 * a rebuilt or newer collection takes over. It also names the collections, and removes those that nobody reads.
 */
final class Registry {

    private static final String COLLECTION = "views";
    private static final String ID = "_id";
    private static final String VERSION = "version";
    private static final String IN_USE = "collection";
    private static final String GENERATION = "generation";

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
     */
    record Entry(int version, String collection, long generation) {}

    Mono<Entry> find() {
        return Mono.from(views.find(Filters.eq(ID, projection.name())).first())
                .map(document -> new Entry(
                        document.getInteger(VERSION), document.getString(IN_USE), document.getLong(GENERATION)));
    }

    Mono<Void> put(Entry entry) {
        Document document = new Document(ID, projection.name())
                .append(VERSION, entry.version())
                .append(IN_USE, entry.collection())
                .append(GENERATION, entry.generation());
        return Mono.from(views.replaceOne(
                        Filters.eq(ID, projection.name()), document, new ReplaceOptions().upsert(true)))
                .then();
    }

    DocumentStore store(String collection) {
        return new DocumentStore(database, collection);
    }

    /** The first collection of this version of the projection. */
    String firstName() {
        return projection.name() + "_v" + projection.version();
    }

    /** The name of a collection that this process builds beside the one in use. */
    String rebuiltName(long generation) {
        return firstName() + "_r" + generation + "_" + node;
    }

    /** The name of this process's n-th collection with what was known at a position. */
    String replayName(long position, long n) {
        return firstName() + "_at" + position + "_" + n + "_" + node;
    }

    /** Drops what an earlier run of this process left behind; other processes' collections stay. */
    Mono<Void> dropLeftovers(String inUse) {
        return Flux.from(database.listCollectionNames())
                .filter(name -> name.startsWith(projection.name() + "_v") && name.endsWith("_" + node))
                .filter(name -> !name.equals(inUse))
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(name -> store(name).drop())
                .then();
    }
}
