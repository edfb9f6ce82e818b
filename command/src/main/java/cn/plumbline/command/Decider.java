package cn.plumbline.command;

import cn.plumbline.events.Corrections;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Recorded;
import java.util.List;

/**
 * One decision, pure: which facts it depends on, how they fold, and what follows from them. No I/O, no clock, no
 * random; time, ids and the actor come in with the submission.
 *
 * @param <C> the command
 * @param <S> what must be known to decide it
 */
public interface Decider<C extends Command, S> {

    /** The facts on which the decision depends: its consistency boundary. */
    List<CriteriaItem> criteria(Submission<C> submission);

    /**
     * Facts of which one learns only from others, such as the bases of the organ of a group. Asked again after they
     * have been read, until nothing new is named; they belong to the same boundary.
     */
    default List<CriteriaItem> further(Submission<C> submission, S state) {
        return List.of();
    }

    /** What of the facts is folded: all but voided ones, corrected. */
    default List<Recorded<? extends DomainEvent>> folded(List<Recorded<? extends DomainEvent>> history) {
        return Corrections.effective(history);
    }

    /** The state before any fact; a new one at every call. */
    S initial(Submission<C> submission);

    /**
     * The state after one more fact. An event has a tag for every id in its fields, so it may be here because of
     * another one: what counts is the payload's own id.
     */
    S evolve(S state, Recorded<? extends DomainEvent> event);

    /** The decision on the folded facts. */
    Decision decide(Submission<C> submission, S state);
}
