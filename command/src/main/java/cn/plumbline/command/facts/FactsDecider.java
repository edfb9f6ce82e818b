package cn.plumbline.command.facts;

import cn.plumbline.command.Command;
import cn.plumbline.command.Decider;
import cn.plumbline.command.Submission;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Recorded;

/** A decision on {@link Facts}: what is left to say is its boundary and its rules. */
public interface FactsDecider<C extends Command> extends Decider<C, Facts> {

    @Override
    default Facts initial(Submission<C> submission) {
        return new Facts();
    }

    @Override
    default Facts evolve(Facts facts, Recorded<? extends DomainEvent> event) {
        return facts.evolve(event);
    }
}
