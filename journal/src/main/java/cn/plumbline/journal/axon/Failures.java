package cn.plumbline.journal.axon;

import cn.plumbline.journal.AppendConflict;
import cn.plumbline.journal.JournalOverloaded;
import cn.plumbline.journal.JournalUnavailable;
import java.util.concurrent.CompletableFuture;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import reactor.core.publisher.Mono;

/** The journal's failures in Axon's terms. */
final class Failures {

    private Failures() {}

    /**
     * Subscribes and hands out the result, or the translated failure.
     *
     * @param mono never empty
     */
    @SuppressWarnings("NullAway") // the future of a Mono that is never empty is never completed with null
    static <T> CompletableFuture<T> toFuture(Mono<? extends T> mono) {
        return mono.<T>map(value -> value).onErrorMap(Failures::translate).toFuture();
    }

    static Throwable translate(Throwable failure) {
        return switch (failure) {
            case AppendConflict conflict -> rejected(new GlobalIndexConsistencyMarker(conflict.marker()), conflict);
            case JournalOverloaded overloaded -> new JournalTransientException(overloaded);
            case JournalUnavailable unavailable -> new JournalTransientException(unavailable);
            default -> failure;
        };
    }

    private static Throwable rejected(ConsistencyMarker marker, AppendConflict conflict) {
        Throwable rejection = AppendEventsTransactionRejectedException.conflictingEventsDetected(marker);
        rejection.initCause(conflict);
        return rejection;
    }
}
