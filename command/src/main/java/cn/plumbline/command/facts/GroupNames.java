package cn.plumbline.command.facts;

import cn.plumbline.events.DispatchRejection.NameDuplicate;
import cn.plumbline.events.DispatchRejection.NameNotStandard;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.NameTags;
import cn.plumbline.events.OrganId;
import java.util.Optional;

/** Names of groups: unique among an organ's unrevoked groups, compared in NFKC, trimmed; and by the organ's rule. */
public final class GroupNames {

    private GroupNames() {}

    /** The rejection when another unrevoked group of the organ has the name. */
    public static Optional<NameDuplicate> taken(Facts facts, GroupId self, OrganId organ, String name) {
        String comparable = NameTags.comparable(name);
        return facts.groups().stream()
                .filter(group -> group.isNamed(organ, comparable)
                        && group.revokedOn() == null
                        && !group.id().equals(self))
                .findFirst()
                .map(group -> new NameDuplicate(name, group.id()));
    }

    /** The rejection when the name does not follow the organ's rule; without a rule there is none. */
    public static Optional<NameNotStandard> nonStandard(Facts facts, OrganId organ, String name) {
        return facts.namingRule(organ)
                .filter(rule -> !NamePattern.of(rule.namePattern()).matches(name))
                .map(rule -> new NameNotStandard(name, rule.namePattern()));
    }
}
