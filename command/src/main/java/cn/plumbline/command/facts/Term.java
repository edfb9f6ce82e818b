package cn.plumbline.command.facts;

import cn.plumbline.events.GroupId;
import cn.plumbline.events.MemberTitle;
import cn.plumbline.events.PersonId;

/**
 * A person's place in a group for a time.
 *
 * @param position of the appointment
 */
public record Term(
        GroupId groupId, PersonId personId, MemberTitle title, boolean fullTime, Period period, long position) {

    /** Whether it is the place of this person in this group. */
    public boolean isOf(GroupId group, PersonId person) {
        return groupId.equals(group) && personId.equals(person);
    }

    Term with(Period other) {
        return new Term(groupId, personId, title, fullTime, other, position);
    }
}
