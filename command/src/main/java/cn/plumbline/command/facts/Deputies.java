package cn.plumbline.command.facts;

import cn.plumbline.events.GroupId;
import cn.plumbline.events.MemberTitle;
import cn.plumbline.events.PersonId;

/** Who serves as a deputy head. */
public final class Deputies {

    private Deputies() {}

    /** Whether the person is a deputy head of the group on some day of the period. */
    public static boolean serves(Facts facts, GroupId group, PersonId person, Period period) {
        return facts.terms().stream()
                .anyMatch(term -> term.isOf(group, person)
                        && term.title() == MemberTitle.DEPUTY
                        && term.period().overlaps(period));
    }
}
