package cn.plumbline.benchmarks;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine.AppendTransaction;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;

/** A storage engine of Axon 5; an append's condition is the entity's tag and the marker of the writer's last append. */
abstract class Axon5Contender implements Contender {

    private static final long LIMIT_MINUTES = 5;
    private static final MessageType TYPE = new MessageType(Sample.TYPE, "1");

    private final Progress progress = new Progress();
    private final ConsistencyMarker[] markers = new ConsistencyMarker[4096];
    private @Nullable EventStorageEngine engine;

    /** Makes an engine on an empty store. */
    abstract EventStorageEngine engine(String address, String name);

    /** The payload as the engine wants it. */
    abstract Object payload(Sample sample);

    /** A condition under which the next event of a writer's entity may be stored. */
    abstract ConsistencyMarker first(String entity);

    @Override
    public final void open(String address, String name) {
        close();
        progress.clear();
        engine = engine(address, name);
    }

    @Override
    public final long append(int writers, IntPredicate more) {
        return Writers.blocking(writers, more, this::append);
    }

    private void append(int writer) {
        Sample sample = Sample.of(writer, progress.entity(writer));
        ConsistencyMarker marker =
                progress.sequence(writer) == 0 ? first(sample.unitId()) : Objects.requireNonNull(markers[writer]);
        markers[writer] = append(
                sample, AppendCondition.withCriteria(criteria(sample.unitId())).withMarker(marker));
        progress.stored(writer);
    }

    private ConsistencyMarker append(Sample sample, AppendCondition condition) {
        EventMessage event = new GenericEventMessage(
                UUID.randomUUID().toString(), TYPE, payload(sample), Sample.metadata(), Instant.now());
        return done(engine().appendEvents(
                        condition,
                        null,
                        List.of(new GenericTaggedEventMessage<>(event, Set.of(Tag.of("unit", sample.unitId())))))
                .thenCompose(Axon5Contender::commit));
    }

    private static <R> CompletableFuture<ConsistencyMarker> commit(AppendTransaction<R> transaction) {
        return transaction.commit(null).thenCompose(result -> transaction.afterCommit(result, null));
    }

    private static EventCriteria criteria(String entity) {
        return EventCriteria.havingTags(Tag.of("unit", entity));
    }

    @Override
    public final Map<String, Load> loads() {
        return Map.of(
                "by tag",
                (writer, entity) -> done(
                        engine().source(SourcingCondition.conditionFor(criteria(Sample.entity(writer, entity))), null)
                                .filter(entry -> entry.message().type().equals(TYPE)) // the last entry is the marker's
                                .reduce(0L, (count, entry) -> count + decoded(entry.message()))));
    }

    @Override
    public final Map<String, LongSupplier> replays() {
        return Map.of("decoded", this::replay);
    }

    private long replay() {
        MessageStream<EventMessage> stream =
                engine().stream(StreamingCondition.startingFrom(done(engine().firstToken(null))), null);
        long count = 0;
        while (stream.hasNextAvailable()) {
            count += decoded(stream.next().orElseThrow().message());
        }
        stream.close();
        return count;
    }

    private static int decoded(EventMessage event) {
        return event.payload() == null || event.metadata().isEmpty() ? 0 : 1;
    }

    static <T> T done(CompletableFuture<T> future) {
        return future.orTimeout(LIMIT_MINUTES, TimeUnit.MINUTES).join();
    }

    @Override
    public void close() {
        engine = null;
    }

    private EventStorageEngine engine() {
        return Objects.requireNonNull(engine, "not open");
    }
}
