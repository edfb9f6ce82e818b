package cn.plumbline.query;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One collection of a projection's documents, and in it one document that says up to which position they are complete.
 *
 * <p>It is read by ids alone, because that is what every MongoDB server answers from an index. States stand in it as
 * JSON text: a person can read them in a shell, and no server has to take them apart.
 */
final class DocumentStore {

    /** How many ids stand in one request. */
    private static final int IDS_PER_READ = 1_000;

    /** How many documents are copied at a time. */
    private static final int DOCUMENTS_PER_COPY = 1_000;

    private static final String ID = "_id";
    private static final String POSITION = "position";
    private static final String STATE = "state";

    /** No document has this id, because theirs contain a colon. */
    private static final String MARK = "complete-up-to";

    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);
    private static final BulkWriteOptions IN_ORDER = new BulkWriteOptions().ordered(true);

    private final MongoDatabase database;
    private final MongoCollection<Document> collection;

    DocumentStore(MongoDatabase database, String name) {
        this.database = database;
        this.collection = database.getCollection(name);
    }

    /**
     * A document as it is stored.
     *
     * @param position the last position that it contains
     * @param json its state, null when it is to be deleted
     */
    record Stored(long position, @Nullable String json) {}

    String name() {
        return collection.getNamespace().getCollectionName();
    }

    /** The documents of the ids that have one. */
    Mono<Map<String, Stored>> load(Collection<String> ids) {
        if (ids.isEmpty()) {
            return Mono.just(Map.of());
        }
        return Flux.fromIterable(ids)
                .buffer(IDS_PER_READ)
                .concatMap(
                        some -> Flux.from(collection.find(Filters.in(ID, some)).batchSize(IDS_PER_READ)))
                .collect(HashMap::new, (found, document) -> found.put(document.getString(ID), stored(document)));
    }

    /** Up to which position the documents are complete; empty when the collection is new. */
    Mono<Long> position() {
        return Mono.from(collection.find(Filters.eq(ID, MARK)).first()).map(mark -> mark.getLong(POSITION));
    }

    /**
     * Replaces documents and then moves the position, in this order: whoever finds the new position finds the documents
     * too.
     */
    Mono<Void> write(Map<String, Stored> changed, long position) {
        List<WriteModel<Document>> writes = new ArrayList<>(changed.size() + 1);
        changed.forEach((id, stored) -> writes.add(
                stored.json() == null
                        ? new DeleteOneModel<>(Filters.eq(ID, id))
                        : replace(new Document(ID, id)
                                .append(POSITION, stored.position())
                                .append(STATE, stored.json()))));
        writes.add(replace(new Document(ID, MARK).append(POSITION, position)));
        return Mono.from(collection.bulkWrite(writes, IN_ORDER)).then();
    }

    /** Puts the documents of this collection, all at its position, into an empty one. */
    Mono<Void> copyTo(DocumentStore other) {
        return Flux.from(collection.find().batchSize(DOCUMENTS_PER_COPY))
                .buffer(DOCUMENTS_PER_COPY)
                .concatMap(some -> Mono.from(other.collection.insertMany(some)), 1)
                .then();
    }

    /** All documents, by id. For comparisons; not for large collections. */
    Mono<Map<String, Stored>> all() {
        return Flux.from(collection.find(Filters.ne(ID, MARK)))
                .collect(HashMap::new, (found, document) -> found.put(document.getString(ID), stored(document)));
    }

    /** Drops the collection if there is one; asked first, because some servers log the other case as an error. */
    Mono<Void> drop() {
        return Flux.from(database.listCollectionNames())
                .any(name()::equals)
                .flatMap(exists -> exists ? Mono.from(collection.drop()).then() : Mono.empty());
    }

    private static ReplaceOneModel<Document> replace(Document document) {
        return new ReplaceOneModel<>(Filters.eq(ID, document.getString(ID)), document, UPSERT);
    }

    private static Stored stored(Document document) {
        return new Stored(document.getLong(POSITION), document.getString(STATE));
    }
}
