package cn.plumbline.command.dispatch;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.command.facts.Boundaries;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.FactsDecider;
import cn.plumbline.command.facts.GroupFacts;
import cn.plumbline.command.facts.Period;
import cn.plumbline.command.facts.Term;
import cn.plumbline.command.facts.Terms;
import cn.plumbline.command.facts.Titles;
import cn.plumbline.events.DispatchEvent.AppointmentDecision;
import cn.plumbline.events.DispatchEvent.GroupMemberAppointed;
import cn.plumbline.events.DispatchEvent.GroupMemberReleased;
import cn.plumbline.events.DispatchEvent.NamingRuleSet;
import cn.plumbline.events.DispatchRejection.ConcurrentPostRequired;
import cn.plumbline.events.DispatchRejection.GroupAlreadyHasHead;
import cn.plumbline.events.DispatchRejection.PersonHeadsAnotherGroup;
import cn.plumbline.events.DispatchRejection.TitleNotStandard;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.GeneralRejection.InvalidTransition;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.MemberTitle;
import cn.plumbline.events.PersonId;
import cn.plumbline.events.Rejection;
import cn.plumbline.events.Title;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives a person a place in a group. Where the group has an end, the place ends with it.
 *
 * @param title the code or the label of a title
 */
@Title(zh = "任职", en = "Appoint group member")
public record AppointGroupMember(
        @Title(zh = "机构", en = "Group") GroupId groupId,
        @Title(zh = "人员", en = "Person") PersonId personId,
        @Title(zh = "职务", en = "Title") @Nullable String title,
        @Title(zh = "专职", en = "Full time") boolean fullTime,

        @Title(zh = "兼任本职", en = "Concurrent post") @Nullable
        String concurrentPost,

        @Title(zh = "任职日期", en = "From") LocalDate from,
        @Title(zh = "决定", en = "Decision") AppointmentDecision decision,
        @Title(zh = "新任", en = "New") @Nullable Boolean isNew)
        implements Command {

    static final class Decider implements FactsDecider<AppointGroupMember> {

        @Override
        public List<CriteriaItem> criteria(Submission<AppointGroupMember> submission) {
            AppointGroupMember command = submission.command();
            return List.of(
                    Boundaries.group(command.groupId()),
                    Boundaries.members(command.groupId()),
                    Boundaries.terms(command.personId()));
        }

        @Override
        public List<CriteriaItem> further(Submission<AppointGroupMember> submission, Facts facts) {
            return facts.group(submission.command().groupId())
                    .established()
                    .map(event -> List.of(Boundaries.organ(event.organId())))
                    .orElse(List.of());
        }

        @Override
        public Decision decide(Submission<AppointGroupMember> submission, Facts facts) {
            AppointGroupMember command = submission.command();
            GroupFacts group = facts.group(command.groupId());
            Optional<NamingRuleSet> rule = group.established().flatMap(event -> facts.namingRule(event.organId()));
            Optional<MemberTitle> title = Titles.allowed(command.title(), rule);
            Period term =
                    new Period(command.from(), group.active().map(Period::to).orElse(null));
            String post = command.concurrentPost();
            Rules rules = new Rules()
                    .refuseIf(!command.fullTime() && (post == null || post.isBlank()), ConcurrentPostRequired::new)
                    .refuseIf(
                            title.isEmpty(),
                            () -> new TitleNotStandard(
                                    command.title(),
                                    rule.map(NamingRuleSet::titles).orElse(Titles.leaders())));
            CoverageRules.checkActive(rules, group, command.from());
            title.ifPresent(found -> checkTerms(rules, facts, command, found, term));
            return rules.orElse(() -> title.stream()
                    .flatMap(found -> events(command, found, term).stream())
                    .toList());
        }

        private static void checkTerms(
                Rules rules, Facts facts, AppointGroupMember command, MemberTitle title, Period period) {
            Term term =
                    new Term(command.groupId(), command.personId(), title, command.fullTime(), period, Long.MAX_VALUE);
            facts.terms().stream()
                    .filter(other -> Terms.exclude(other, term))
                    .forEach(other -> rules.refuse(refusal(other, term)));
        }

        private static Rejection refusal(Term other, Term term) {
            Period held = other.period();
            if (other.isOf(term.groupId(), term.personId())) {
                return new InvalidTransition(term.title().name(), term.title().name());
            }
            return other.groupId().equals(term.groupId())
                    ? new GroupAlreadyHasHead(term.groupId(), other.personId(), held.from(), held.to())
                    : new PersonHeadsAnotherGroup(term.personId(), other.groupId(), held.from(), held.to());
        }

        private static List<DomainEvent> events(AppointGroupMember command, MemberTitle title, Period term) {
            List<DomainEvent> events = new ArrayList<>();
            events.add(new GroupMemberAppointed(
                    command.groupId(),
                    command.personId(),
                    title,
                    command.fullTime(),
                    command.concurrentPost(),
                    command.from(),
                    command.decision(),
                    command.isNew()));
            LocalDate end = term.to();
            if (end != null) {
                events.add(new GroupMemberReleased(command.groupId(), command.personId(), end, "机构期满"));
            }
            return events;
        }
    }
}
