package cn.plumbline.query;

import cn.plumbline.journal.axon.JournalStorageEngine;
import cn.plumbline.journal.axon.Upcasting;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.conversion.Converter;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.messaging.eventhandling.conversion.DelegatingEventConverter;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.TokenStore;

/** The module as it runs: its processors in Axon on the real journal. */
final class RunningQueries implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** How long the token stores of these tests take a silent owner for alive. */
    static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(2);

    private final QueryConfiguration queries;
    private final AxonConfiguration axon;

    RunningQueries(MongoDatabase database, TestJournal journal, TokenStore tokens) {
        this(database, journal, tokens, "test");
    }

    RunningQueries(MongoDatabase database, TestJournal journal, TokenStore tokens, String node) {
        this(journal, tokens, QueryConfiguration.open(database, journal, node).block(LIMIT));
    }

    RunningQueries(TestJournal journal, TokenStore tokens, QueryConfiguration queries) {
        this.queries = queries;
        EventSourcingConfigurer configurer = EventSourcingConfigurer.create()
                .registerEventStorageEngine(configuration -> new JournalStorageEngine(
                        journal.journal(), new DelegatingEventConverter(new NoConverter()), Upcasting.none()))
                .componentRegistry(registry -> registry.registerComponent(TokenStore.class, configuration -> tokens));
        axon = queries.configure(configurer, CLAIM_TIMEOUT).start();
    }

    Views views() {
        return queries.views();
    }

    @Override
    public void close() {
        axon.shutdown();
    }

    /** Nothing is appended through Axon here. */
    private static final class NoConverter implements Converter {

        @Override
        public boolean canConvert(Type sourceType, Type targetType) {
            return false;
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // the signature is Axon's
        public <T> T convert(Object input, Type targetType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void describeTo(ComponentDescriptor descriptor) {
            descriptor.describeProperty("unit", TimeUnit.DAYS);
        }
    }
}
