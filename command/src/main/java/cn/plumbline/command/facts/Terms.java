package cn.plumbline.command.facts;

import cn.plumbline.events.MemberTitle;

/** Which places in groups cannot be held at the same time. */
public final class Terms {

    private Terms() {}

    /** Whether two terms exclude each other: the same place twice, two heads of a group, a head of two groups. */
    public static boolean exclude(Term one, Term other) {
        boolean sameGroup = one.groupId().equals(other.groupId());
        boolean samePerson = one.personId().equals(other.personId());
        boolean heads = one.title() == MemberTitle.HEAD;
        return one.title() == other.title()
                && one.period().overlaps(other.period())
                && ((sameGroup && samePerson) || (heads && (sameGroup || samePerson)));
    }
}
