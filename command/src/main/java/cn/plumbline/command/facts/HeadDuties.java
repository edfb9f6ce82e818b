package cn.plumbline.command.facts;

import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.DispatchEvent.HeadDutyRecorded;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.MemberTitle;
import java.util.Optional;

/** Heads have no business duties in the units of their groups; part-time heads, and heads in streets, may. */
public final class HeadDuties {

    private HeadDuties() {}

    /** The group whose head the duty would bind. */
    public static Optional<GroupId> conflicting(Facts facts, HeadDutyRecorded duty) {
        return facts.terms().stream()
                .filter(term -> duty.isBusiness() && isHead(term, duty) && covers(facts, term.groupId(), duty))
                .map(Term::groupId)
                .findFirst();
    }

    private static boolean isHead(Term term, HeadDutyRecorded duty) {
        return term.personId().equals(duty.personId())
                && term.title() == MemberTitle.HEAD
                && term.fullTime()
                && term.period().contains(duty.from());
    }

    private static boolean covers(Facts facts, GroupId group, HeadDutyRecorded duty) {
        return facts.unit(duty.unitId()).coverage().all().stream()
                .anyMatch(interval -> interval.isBy(group)
                        && interval.kind() != CoverageKind.STREET
                        && interval.period().contains(duty.from()));
    }
}
