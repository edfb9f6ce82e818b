package cn.plumbline.command.facts;

import cn.plumbline.events.CorrectionEvent;
import cn.plumbline.events.DispatchEvent;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.OrgRegistryEvent;
import cn.plumbline.events.Recorded;
import java.util.List;

/**
 * Whether a history could have been recorded as it stands: the rules of the decisions, asked of what was decided. Two
 * forms of one history are compared, so what lies outside a partial history, and breaks a rule in both, does not count.
 */
public final class Consistency {

    private Consistency() {}

    /** The rules that a history breaks; corrections and voids are applied. */
    public static Violations of(List<Recorded<? extends DomainEvent>> effective) {
        Violations violations = new Violations();
        Facts facts = new Facts();
        for (Recorded<? extends DomainEvent> recorded : effective) {
            switch (recorded.event()) {
                case OrgRegistryEvent event -> RegistryConsistency.check(violations, facts, recorded, event);
                case DispatchEvent event -> DispatchConsistency.check(violations, facts, recorded.position(), event);
                case CorrectionEvent applied -> {}
            }
            facts = facts.evolve(recorded);
        }
        PeriodConsistency.check(violations, facts);
        return violations;
    }
}
