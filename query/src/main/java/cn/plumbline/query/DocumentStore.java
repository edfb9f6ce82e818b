package cn.plumbline.query;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
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
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One collection of a projection's documents: {@code {_id, position, state, epoch, before: {position, state}}}. It is
 * read by ids alone, because that is what every MongoDB server answers from an index. States stand in it as JSON text: a
 * person can read them in a shell, and no server has to take them apart.
 *
 * <p>Up to which position the documents are complete stands elsewhere, in the {@link Registry}, and moves after they were
 * written. Each keeps the state that it had before its last change, so that whoever reads at a position gets what was
 * true there, while another process is writing the next batch, and also after one died in the middle of it.
 *
 * <p>Only one process feeds a collection. Who takes over raises the epoch; a document that was written in a later epoch
 * is not replaced in an earlier one, so that a writer who was replaced without knowing it does no harm.
 */
final class DocumentStore {

    /** How many ids stand in one request. */
    private static final int IDS_PER_READ = 1_000;

    /** How many documents are copied at a time. */
    private static final int DOCUMENTS_PER_COPY = 1_000;

    private static final String ID = "_id";
    private static final String POSITION = "position";
    private static final String STATE = "state";
    private static final String EPOCH = "epoch";
    private static final String BEFORE = "before";

    /** Shows that the collection is the one that was begun. No document has this id, because theirs contain a colon. */
    private static final String MARK = "mark";

    private static final Bson WITHOUT_BEFORE = Projections.exclude(BEFORE);
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
     * @param json its state, null when there is none any more
     */
    record Stored(long position, @Nullable String json) {}

    /** Where a batch is folded to. */
    interface Target {

        /** The documents that the batch continues; those without one are absent. */
        Mono<Map<String, Stored>> load(Collection<String> ids);

        /** Writes what the batch touches: all of it, also what is as it was when it was loaded. */
        Mono<Void> write(Map<String, Stored> touched, Map<String, Stored> loaded);
    }

    /** The documents have moved on: another process feeds them now, or has put others in their place. */
    static final class Outdated extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Outdated(String collection) {
            super(collection + " has moved on", null, false, false);
        }
    }

    String name() {
        return collection.getNamespace().getCollectionName();
    }

    /** Makes the collection, empty. */
    Mono<Void> begin() {
        return drop().then(Mono.defer(() -> Mono.from(collection.insertOne(new Document(ID, MARK)))))
                .then();
    }

    /** Whether the collection is there, as it was begun: who writes to one that was dropped makes another. */
    Mono<Boolean> isThere() {
        return Mono.from(collection.find(Filters.eq(ID, MARK)).first()).hasElement();
    }

    /** As a collection that only this process knows yet. */
    Target alone() {
        return new Target() {
            @Override
            public Mono<Map<String, Stored>> load(Collection<String> ids) {
                return DocumentStore.this.load(ids, Long.MAX_VALUE);
            }

            @Override
            public Mono<Void> write(Map<String, Stored> touched, Map<String, Stored> loaded) {
                return bulk(touched.entrySet().stream()
                        .<WriteModel<Document>>map(each -> each.getValue().json() == null
                                ? new DeleteOneModel<>(Filters.eq(ID, each.getKey()))
                                : new ReplaceOneModel<>(
                                        Filters.eq(ID, each.getKey()),
                                        document(each.getKey(), each.getValue(), 0),
                                        UPSERT))
                        .toList());
            }
        };
    }

    /**
     * As a collection that others read, and may take over.
     *
     * @param position up to which the documents are complete
     * @param epoch in which this process feeds them
     */
    Target shared(long position, long epoch) {
        return new Target() {
            @Override
            public Mono<Map<String, Stored>> load(Collection<String> ids) {
                return DocumentStore.this.load(ids, position);
            }

            @Override
            public Mono<Void> write(Map<String, Stored> touched, Map<String, Stored> loaded) {
                List<WriteModel<Document>> writes = new ArrayList<>(touched.size());
                touched.forEach((id, stored) -> {
                    Document document = document(id, stored, epoch);
                    Stored before = loaded.get(id);
                    if (before != null) {
                        document.append(BEFORE, fields(new Document(), before));
                    }
                    // Where the guard does not hold, the upsert is an insert that meets the document's id.
                    writes.add(new ReplaceOneModel<>(
                            Filters.and(Filters.eq(ID, id), Filters.lte(EPOCH, epoch)), document, UPSERT));
                });
                return bulk(writes);
            }
        };
    }

    /**
     * The documents of the ids that have one, as they were at a position.
     *
     * @return fails with {@link Outdated} when they have changed more than once since, or are no more
     */
    Mono<Map<String, Stored>> load(Collection<String> ids, long position) {
        return Flux.fromIterable(ids)
                .buffer(IDS_PER_READ)
                .concatMap(some -> loadSome(some, position), 1)
                .collect(HashMap::new, Map::putAll);
    }

    private Mono<Map<String, Stored>> loadSome(List<String> ids, long position) {
        return find(ids, WITHOUT_BEFORE).flatMap(found -> {
            Map<String, Stored> stored = new HashMap<>();
            List<String> later = new ArrayList<>();
            found.forEach((id, document) -> {
                if (document.getLong(POSITION) <= position) {
                    stored.put(id, stored(document));
                } else {
                    later.add(id);
                }
            });
            return later.isEmpty()
                    ? Mono.just(stored)
                    : find(later, new Document()).map(documents -> {
                        documents.forEach((id, document) -> {
                            Stored then = at(document, position);
                            if (then != null) {
                                stored.put(id, then);
                            }
                        });
                        return stored;
                    });
        });
    }

    private @Nullable Stored at(Document document, long position) {
        if (document.getLong(POSITION) <= position) {
            return stored(document);
        }
        Document before = document.get(BEFORE, Document.class);
        if (before == null) {
            return null;
        }
        if (before.getLong(POSITION) > position) {
            throw new Outdated(name());
        }
        return stored(before);
    }

    /** By id, and with the mark that shows that this is the collection that it was. */
    private Mono<Map<String, Document>> find(List<String> ids, Bson fields) {
        List<String> wanted = new ArrayList<>(ids);
        wanted.add(MARK);
        return Flux.from(collection
                        .find(Filters.in(ID, wanted))
                        .projection(fields)
                        .batchSize(wanted.size() + 1))
                .<Map<String, Document>>collect(
                        HashMap::new, (found, document) -> found.put(document.getString(ID), document))
                .doOnNext(found -> {
                    if (found.remove(MARK) == null) {
                        throw new Outdated(name());
                    }
                });
    }

    private Mono<Void> bulk(List<WriteModel<Document>> writes) {
        return writes.isEmpty()
                ? Mono.empty()
                : Mono.from(collection.bulkWrite(writes, IN_ORDER))
                        .onErrorMap(DocumentStore::isDuplicate, guarded -> new Outdated(name()))
                        .then();
    }

    private static boolean isDuplicate(Throwable failure) {
        return failure instanceof MongoBulkWriteException bulk
                && bulk.getWriteErrors().stream().anyMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY);
    }

    /** Puts the documents of this collection, which does not change any more, into one that was just begun. */
    Mono<Void> copyTo(DocumentStore other) {
        return Flux.from(collection.find(Filters.ne(ID, MARK)).batchSize(DOCUMENTS_PER_COPY))
                .buffer(DOCUMENTS_PER_COPY)
                .concatMap(some -> Mono.from(other.collection.insertMany(some)), 1)
                .then(requireThere());
    }

    /** Fails with {@link Outdated} when somebody has dropped the collection. */
    Mono<Void> requireThere() {
        return isThere().flatMap(there -> there ? Mono.empty() : Mono.error(new Outdated(name())));
    }

    /** All documents with a state, by id. For comparisons; not for large collections. */
    Mono<Map<String, Stored>> all() {
        return Flux.from(collection.find(Filters.and(Filters.ne(ID, MARK), Filters.ne(STATE, null))))
                .collect(HashMap::new, (found, document) -> found.put(document.getString(ID), stored(document)));
    }

    /** Drops the collection if there is one; asked first, because some servers log the other case as an error. */
    Mono<Void> drop() {
        return Flux.from(database.listCollectionNames())
                .any(name()::equals)
                .flatMap(exists -> exists ? Mono.from(collection.drop()).then() : Mono.empty());
    }

    private static Document document(String id, Stored stored, long epoch) {
        return fields(new Document(ID, id), stored).append(EPOCH, epoch);
    }

    private static Document fields(Document document, Stored stored) {
        return document.append(POSITION, stored.position()).append(STATE, stored.json());
    }

    private static Stored stored(Document document) {
        return new Stored(document.getLong(POSITION), document.getString(STATE));
    }
}
