package cn.plumbline.web.boot;

import cn.plumbline.web.proof.CheckpointStore;
import cn.plumbline.web.proof.KeptCheckpoint;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.Date;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Checkpoints as documents of one collection: {@code _id} (size of the tree), {@code note}, {@code at}. One more
 * document, {@code newest}, says which has the largest size, because the embedded server would look through all of them
 * for it, every minute.
 */
final class MongoCheckpoints implements CheckpointStore {

    private static final String NEWEST = "newest";

    private final MongoCollection<Document> collection;

    /**
     * @param journal whose checkpoints
     */
    MongoCheckpoints(MongoDatabase database, String journal) {
        collection = database.getCollection(journal + "_checkpoints");
    }

    /** Tells of it also when it was there: whoever kept it may have died before he told. */
    @Override
    public Mono<Boolean> insert(KeptCheckpoint checkpoint) {
        return Mono.from(collection.insertOne(document(checkpoint)))
                .thenReturn(true)
                .onErrorResume(MongoCheckpoints::isTaken, taken -> Mono.just(false))
                .flatMap(kept -> tellNewest(checkpoint).thenReturn(kept));
    }

    @Override
    public Mono<Void> tellNewest(KeptCheckpoint checkpoint) {
        return Mono.from(collection.updateOne(
                        Filters.eq("_id", NEWEST),
                        Updates.max("size", checkpoint.size()),
                        new UpdateOptions().upsert(true)))
                .then();
    }

    private static boolean isTaken(Throwable failure) {
        return failure instanceof MongoWriteException write
                && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
    }

    @Override
    public Mono<Void> replace(KeptCheckpoint checkpoint) {
        return Mono.from(collection.replaceOne(Filters.eq("_id", checkpoint.size()), document(checkpoint)))
                .then();
    }

    @Override
    public Mono<KeptCheckpoint> find(long size) {
        return Mono.from(collection.find(Filters.eq("_id", size))).map(MongoCheckpoints::checkpoint);
    }

    @Override
    public Mono<KeptCheckpoint> newest() {
        return Mono.from(collection.find(Filters.eq("_id", NEWEST))).flatMap(newest -> find(newest.getLong("size")));
    }

    @Override
    public Flux<KeptCheckpoint> below(long size, int limit) {
        return Flux.from(collection
                        .find(Filters.and(Filters.gte("_id", 0L), Filters.lt("_id", size)))
                        .sort(Sorts.descending("_id"))
                        .limit(limit))
                .map(MongoCheckpoints::checkpoint);
    }

    private static Document document(KeptCheckpoint checkpoint) {
        return new Document("_id", checkpoint.size())
                .append("note", checkpoint.note())
                .append("at", Date.from(checkpoint.at()));
    }

    private static KeptCheckpoint checkpoint(Document document) {
        return new KeptCheckpoint(
                document.getLong("_id"),
                document.getString("note"),
                document.getDate("at").toInstant());
    }
}
