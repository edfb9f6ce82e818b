package cn.plumbline.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.inmemory.InMemoryTokenStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LiveViewsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final MemoryMongo MONGO = new MemoryMongo();

    private final MongoDatabase database = MONGO.freshDatabase();
    private final TestJournal journal = new TestJournal(database);

    @AfterAll
    static void close() {
        MONGO.close();
    }

    private static ViewRequest request(LocalDate asOf) {
        return ViewRequest.of(asOf, Map.of("organ", InnerMongolia.ORGAN.value()));
    }

    @Test
    void followTheJournal() {
        try (RunningQueries queries = new RunningQueries(database, journal, new InMemoryTokenStore())) {
            journal.append(InnerMongolia.complete().all(), 7);
            Views views = queries.views();
            assertThat(views.await("coverage-map", journal.head()).block(LIMIT)).isEqualTo(journal.head());
            assertThat(totals(views, request(InnerMongolia.AFTER))).contains("total=84, covered=84, rate=100.00");
            assertThat(totals(views, request(InnerMongolia.BEFORE))).contains("total=84, covered=44, rate=52.38");
            assertThat(totals(views, request(InnerMongolia.AFTER).knownAt(88)))
                    .contains("total=84, covered=1, rate=1.19");
            views.rebuild("coverage-map").block(LIMIT);
            assertThat(totals(views, request(InnerMongolia.AFTER))).contains("total=84, covered=84, rate=100.00");
        }
    }

    private static String totals(Views views, ViewRequest request) {
        return views.query("coverage-map", request).block(LIMIT).totals().toString();
    }
}
