package cn.plumbline.journal.axon;

import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.Appended;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.NewEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine.AppendTransaction;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.jspecify.annotations.Nullable;

/** An append that is done on commit, at most once; a rollback before prevents it, a rollback after changes nothing. */
final class JournalAppend implements AppendTransaction<Appended> {

    private final Journal journal;
    private final List<NewEvent> events;
    private final AppendCondition condition;
    private final AtomicBoolean finished = new AtomicBoolean();

    JournalAppend(Journal journal, List<NewEvent> events, AppendCondition condition) {
        this.journal = journal;
        this.events = events;
        this.condition = condition;
    }

    @Override
    public CompletableFuture<Appended> commit(@Nullable ProcessingContext context) {
        if (finished.getAndSet(true)) {
            return CompletableFuture.failedFuture(new IllegalStateException("Already committed or rolled back"));
        }
        return Failures.toFuture(journal.append(events, condition));
    }

    @Override
    public CompletableFuture<ConsistencyMarker> afterCommit(Appended appended, @Nullable ProcessingContext context) {
        return CompletableFuture.completedFuture(new GlobalIndexConsistencyMarker(appended.last()));
    }

    @Override
    public void rollback(@Nullable ProcessingContext context) {
        finished.set(true);
    }
}
