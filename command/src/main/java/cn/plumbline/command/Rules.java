package cn.plumbline.command;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Rejection;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects every rule that refuses a command; decides when all have been asked. Lives within one decision. */
public final class Rules {

    private final List<Rejection> rejections = new ArrayList<>();

    /** Refuses when the condition holds. */
    @CanIgnoreReturnValue
    public Rules refuseIf(boolean condition, Supplier<? extends Rejection> rejection) {
        if (condition) {
            rejections.add(rejection.get());
        }
        return this;
    }

    /** Refuses when there is a rejection. */
    @CanIgnoreReturnValue
    public Rules refuse(Optional<? extends Rejection> rejection) {
        rejection.ifPresent(rejections::add);
        return this;
    }

    /** Refuses. */
    @CanIgnoreReturnValue
    public Rules refuse(Rejection rejection) {
        rejections.add(rejection);
        return this;
    }

    /** Whether something has refused so far. */
    public boolean refused() {
        return !rejections.isEmpty();
    }

    /** The rejections, or else the events; these are made only when nothing refuses. */
    public Decision orElse(Supplier<? extends List<? extends DomainEvent>> events) {
        return refused() ? new Decision.Rejected(rejections) : new Decision.Accepted(List.copyOf(events.get()));
    }

    /** The rejections, or else one event. */
    public Decision orElseOne(Supplier<? extends DomainEvent> event) {
        return orElse(() -> List.of(event.get()));
    }
}
