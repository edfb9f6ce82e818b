package cn.plumbline.query;

import cn.plumbline.query.dispatch.DispatchViews;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.messaging.core.Context.ResourceKey;
import org.axonframework.messaging.core.Message;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventHandlingComponent;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.SimpleEventHandlingComponent;
import org.axonframework.messaging.eventhandling.configuration.EventProcessorModule;
import org.axonframework.messaging.eventhandling.processing.streaming.pooled.PooledStreamingEventProcessorModule;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The wiring of the module: opens the documents of all projections and registers their processors with Axon.
 *
 * <p>Order at the start: the journal is open, then {@link #open}, then {@link #configure}, then Axon starts. The
 * processors take the event source and the token store that the configurer has; the store must write a token in the
 * COMMIT phase, because the documents are written in PREPARE_COMMIT.
 */
public final class QueryConfiguration {

    /** The most events that are folded and written at once. */
    private static final int BATCH_EVENTS = 500;

    /** A claim is extended, and free ones are looked for, so often within the time after which it lapses. */
    private static final int LOOKS_PER_CLAIM = 4;

    private final Views views;
    private final List<LiveProjection> live;

    private QueryConfiguration(Views views, List<LiveProjection> live) {
        this.views = views;
        this.live = live;
    }

    /**
     * Opens or builds the documents of all views; this reads the whole journal when they are new.
     *
     * @param node names this process among those that share the database
     */
    public static Mono<QueryConfiguration> open(MongoDatabase database, EventSource source, String node) {
        return open(database, source, node, DispatchViews.all());
    }

    static Mono<QueryConfiguration> open(MongoDatabase database, EventSource source, String node, List<View> views) {
        Map<String, Projection> projections = new LinkedHashMap<>();
        Map<String, Replays> past = new LinkedHashMap<>();
        views.forEach(view -> {
            Projection projection = view.projection();
            projections.putIfAbsent(projection.name(), projection);
            past.computeIfAbsent(
                    projection.name(),
                    name -> new Replays(projection, source, new Registry(database, projection, node)));
        });
        return Flux.fromIterable(projections.values())
                .concatMap(
                        projection -> LiveProjection.open(projection, source, new Registry(database, projection, node)))
                .collectList()
                .map(live -> {
                    Map<String, LiveProjection> byName = live.stream()
                            .collect(Collectors.toMap(each -> each.projection().name(), each -> each));
                    return new QueryConfiguration(new Views(source, views, byName, past), live);
                });
    }

    /** The views over the documents. */
    public Views views() {
        return views;
    }

    /** The names of the processors, each also the name under which its token is stored. */
    public List<String> processors() {
        return live.stream().map(QueryConfiguration::processorName).toList();
    }

    /**
     * Registers the processors.
     *
     * @param claimTimeout how long the token store takes a silent owner for alive
     */
    public EventSourcingConfigurer configure(EventSourcingConfigurer configurer, Duration claimTimeout) {
        return configurer.modelling(modelling -> modelling.messaging(messaging ->
                messaging.eventProcessing(processing -> processing.pooledStreaming(pooled -> {
                    live.forEach(projection -> pooled.processor(() -> module(projection, claimTimeout)));
                    return pooled;
                }))));
    }

    private static String processorName(LiveProjection live) {
        return live.projection().name() + "_v" + live.projection().version();
    }

    private static PooledStreamingEventProcessorModule module(LiveProjection live, Duration claimTimeout) {
        long look = claimTimeout.dividedBy(LOOKS_PER_CLAIM).toMillis();
        return EventProcessorModule.pooledStreaming(processorName(live))
                .eventHandlingComponents(components -> components.declarative(configuration -> component(live)))
                // One segment: a projection is fed in the order of positions, so by one process at a time. One worker,
                // because it is one segment.
                .customized((configuration, processor) -> processor
                        .initialSegmentCount(1)
                        .batchSize(BATCH_EVENTS)
                        .tokenClaimInterval(look)
                        .claimExtensionThreshold(look)
                        .enableCoordinatorClaimExtension()
                        .workerExecutor(Executors.newScheduledThreadPool(
                                1,
                                Thread.ofPlatform()
                                        .name(processorName(live) + "-", 0)
                                        .factory()))
                        .initialToken(source -> source.firstToken(null)))
                .build();
    }

    private static EventHandlingComponent component(LiveProjection live) {
        Set<QualifiedName> names =
                live.projection().types().stream().map(QualifiedName::new).collect(Collectors.toSet());
        ResourceKey<Batch> key = ResourceKey.withLabel("batch of " + processorName(live));
        return new SimpleEventHandlingComponent()
                .subscribe(names, (message, context) -> collect(live, key, message, context));
    }

    private static MessageStream.Empty<Message> collect(
            LiveProjection live, ResourceKey<Batch> key, EventMessage message, ProcessingContext context) {
        context.computeResourceIfAbsent(key, () -> {
                    Batch batch = new Batch();
                    context.onPrepareCommit(committing -> flush(live, batch));
                    return batch;
                })
                .add(message);
        return MessageStream.empty().cast();
    }

    private static CompletableFuture<@Nullable Void> flush(LiveProjection live, Batch batch) {
        // What follows is Axon's and the token store's code: not for the database driver's threads.
        return Mono.defer(() -> live.apply(batch.events()))
                .publishOn(Schedulers.boundedElastic())
                .toFuture();
    }
}
