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
 *
 * <p>Nearly every rule is asked of an event and what was known before it, corrections applied. Which periods exclude
 * each other (a unit's coverage, the units of a standalone group, places in groups) is asked after each command, since
 * one may begin a period and end it: so at no time did two of them overlap, not even where a later end has cut one of
 * them. Otherwise which of two periods an end cuts would depend on the order in which they were recorded. The price is
 * that a period is not corrected into days that only a later end has freed: it is to be voided and recorded again. The
 * boundary between two periods moves by two corrections, the first of which leaves a gap and the second closes it.
 *
 * <p>Only the frame of a period (its unit's life, its group's active days, levels and kinds) is asked of what the whole
 * history leaves. A period that was open when it was begun fits into a frame that is corrected to end after it has
 * ended; to ask at its beginning would forbid to correct the end of a group that has given a unit away, since only an
 * open period is transferred.
 */
public final class Consistency {

    private Consistency() {}

    /** The rules that a history breaks; corrections and voids are applied. */
    public static Violations of(List<Recorded<? extends DomainEvent>> effective) {
        Violations violations = new Violations();
        Facts facts = new Facts();
        int first = 0;
        while (first < effective.size()) {
            int next = endOfCommand(effective, first);
            List<Recorded<? extends DomainEvent>> events = effective.subList(first, next);
            for (Recorded<? extends DomainEvent> recorded : events) {
                check(violations, facts, recorded);
                facts = facts.evolve(recorded);
            }
            for (Recorded<? extends DomainEvent> recorded : events) {
                PeriodConsistency.exclusion(violations, facts, recorded);
            }
            first = next;
        }
        PeriodConsistency.frames(violations, facts);
        return violations;
    }

    private static int endOfCommand(List<Recorded<? extends DomainEvent>> history, int first) {
        String command = history.get(first).envelope().commandId();
        int next = first + 1;
        while (next < history.size() && history.get(next).envelope().commandId().equals(command)) {
            next++;
        }
        return next;
    }

    private static void check(Violations violations, Facts facts, Recorded<? extends DomainEvent> recorded) {
        switch (recorded.event()) {
            case OrgRegistryEvent event -> RegistryConsistency.check(violations, facts, recorded, event);
            case DispatchEvent event -> DispatchConsistency.check(violations, facts, recorded.position(), event);
            case CorrectionEvent applied -> {}
        }
    }
}
