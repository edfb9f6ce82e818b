package cn.plumbline.web.boot;

import cn.plumbline.web.security.SessionStore;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Sessions as documents of one collection: {@code _id}, {@code user}, {@code used} (when last, to the minute). */
@Component
final class MongoSessions implements SessionStore {

    /** A session's time of use is written no more often than this, so that reading pages does not write. */
    private static final Duration TOUCHED_EVERY = Duration.ofMinutes(1);

    private static final String ID = "_id";
    private static final String USER = "user";
    private static final String USED = "used";

    private final MongoCollection<Document> collection;

    MongoSessions(Database database) {
        collection = database.mongo().getCollection("sessions");
    }

    @Override
    public Mono<Void> begin(String id, String user, Instant now, Instant usedSince) {
        return Mono.from(collection.deleteMany(Filters.lt(USED, Date.from(usedSince))))
                .then(Mono.defer(() -> Mono.from(collection.insertOne(
                        new Document(ID, id).append(USER, user).append(USED, Date.from(now))))))
                .then();
    }

    @Override
    public Mono<String> use(String id, Instant now, Instant usedSince) {
        return Mono.from(collection.find(Filters.eq(ID, id)).first())
                .filter(session -> !used(session).isBefore(usedSince))
                .flatMap(session -> touch(id, session, now).thenReturn(session.getString(USER)));
    }

    private Mono<Void> touch(String id, Document session, Instant now) {
        return used(session).isAfter(now.minus(TOUCHED_EVERY))
                ? Mono.empty()
                : Mono.from(collection.updateOne(Filters.eq(ID, id), Updates.set(USED, Date.from(now))))
                        .then();
    }

    private static Instant used(Document session) {
        return session.getDate(USED).toInstant();
    }

    @Override
    public Mono<Void> end(String id) {
        return Mono.from(collection.deleteOne(Filters.eq(ID, id))).then();
    }
}
