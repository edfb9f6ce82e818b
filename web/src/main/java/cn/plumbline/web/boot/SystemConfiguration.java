package cn.plumbline.web.boot;

import cn.plumbline.command.AttemptLog;
import cn.plumbline.command.CommandConfiguration;
import cn.plumbline.command.Decisions;
import cn.plumbline.command.JournalHead;
import cn.plumbline.events.EventJson;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.axon.JournalStorageEngine;
import cn.plumbline.journal.axon.MongoTokenStore;
import cn.plumbline.journal.axon.Upcasting;
import cn.plumbline.query.EventSource;
import cn.plumbline.query.QueryConfiguration;
import cn.plumbline.query.Views;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Clock;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.conversion.Converter;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.eventhandling.conversion.DelegatingEventConverter;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.TokenStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/**
 * The parts of the system in the order in which they are opened: database, journals, views, Axon. Spring closes them
 * in reverse.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PlumblineProperties.class)
class SystemConfiguration {

    @Bean
    Clock clock(PlumblineProperties properties) {
        return Clock.system(properties.zone());
    }

    @Bean
    JsonMapper jsonMapper() {
        return EventJson.mapper();
    }

    @Bean
    Node node(PlumblineProperties properties, ServerProperties server) {
        return Node.of(properties, server);
    }

    @Bean(destroyMethod = "close")
    Database database(PlumblineProperties properties) {
        return Opening.await(Database.open(properties));
    }

    @Bean(destroyMethod = "close")
    Journals journals(Database database, PlumblineProperties properties, Node node) {
        return Opening.await(Journals.open(database.mongo(), properties, node.name(), database.isEmbedded()));
    }

    @Bean(destroyMethod = "")
    Journal journal(Journals journals) {
        return journals.journal();
    }

    @Bean(destroyMethod = "")
    Journal attempts(Journals journals) {
        return journals.attempts();
    }

    @Bean
    AttemptLog attemptLog(Journals journals) {
        return new JournalAttempts(journals.attempts());
    }

    @Bean
    JournalHead journalHead(Database database, Journals journals) {
        return database.isEmbedded() ? JournalHead.ofOneProcess() : new SharedJournalHead(journals.journal());
    }

    @Bean
    EventSource eventSource(Journals journals) {
        return new JournalEventSource(journals.journal());
    }

    @Bean
    QueryConfiguration queryConfiguration(Database database, EventSource source, Node node) {
        return Opening.await(QueryConfiguration.open(database.mongo(), source, node.name()));
    }

    @Bean
    Views views(QueryConfiguration queries) {
        return queries.views();
    }

    @Bean(destroyMethod = "close")
    MongoTokenStore tokenStore(Database database, Node node, PlumblineProperties properties) {
        return new MongoTokenStore(
                database.mongo(), node.name(), properties.views().claimTimeout(), Clock.systemUTC());
    }

    @Bean(destroyMethod = "shutdown")
    AxonConfiguration axon(
            MongoTokenStore tokens,
            Journals journals,
            QueryConfiguration queries,
            AttemptLog attempts,
            JournalHead head,
            PlumblineProperties properties,
            Clock clock) {
        // Axon would otherwise call home at every start.
        System.setProperty("axoniq.update-checker.disabled", "true");
        EventStorageEngine engine = new JournalStorageEngine(
                journals.journal(), new DelegatingEventConverter(new JsonConverter()), Upcasting.none());
        EventSourcingConfigurer configurer = EventSourcingConfigurer.create()
                .componentRegistry(registry -> registry.registerComponent(Converter.class, c -> new JsonConverter())
                        .registerComponent(TokenStore.class, c -> tokens))
                .registerEventStorageEngine(c -> engine);
        configurer = CommandConfiguration.configure(
                configurer,
                attempts,
                head,
                clock,
                () -> UuidCreator.getTimeOrderedEpoch().toString());
        return queries.configure(configurer, properties.views().claimTimeout()).start();
    }

    @Bean
    Decisions decisions(AxonConfiguration axon) {
        return axon.getComponent(Decisions.class);
    }
}
