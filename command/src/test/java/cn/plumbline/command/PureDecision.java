package cn.plumbline.command;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Envelope;
import cn.plumbline.events.Recorded;
import java.util.List;

/** A decision as a function: given events, when a command, then events or rejections; no bus, no store. */
final class PureDecision {

    private PureDecision() {}

    static Decision decide(
            CommandDefinition definition,
            Command command,
            Envelope envelope,
            List<Recorded<? extends DomainEvent>> given) {
        return decide(definition.decider(), command, envelope, given);
    }

    @SuppressWarnings("unchecked") // a definition is only made of a record and the decider for it
    private static <C extends Command, S> Decision decide(
            Decider<?, ?> any, Command command, Envelope envelope, List<Recorded<? extends DomainEvent>> given) {
        Decider<C, S> decider = (Decider<C, S>) any;
        Submission<C> submission = new Submission<>((C) command, envelope, TestSystem.TODAY);
        S state = decider.initial(submission);
        for (Recorded<? extends DomainEvent> recorded : decider.folded(given)) {
            state = decider.evolve(state, recorded);
        }
        return decider.decide(submission, state);
    }
}
