package cn.plumbline.command.dispatch;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.FieldError;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.command.facts.Boundaries;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.FactsDecider;
import cn.plumbline.command.facts.NamePattern;
import cn.plumbline.command.facts.Titles;
import cn.plumbline.events.DispatchEvent.NamingRuleSet;
import cn.plumbline.events.DispatchRejection.NameNotStandard;
import cn.plumbline.events.DispatchRejection.TitleNotStandard;
import cn.plumbline.events.OrgRegistryRejection.OrganNotFound;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.Title;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sets how an organ names its groups and their leaders; nothing happens when the rule is in force. An empty list of
 * titles sets no limit.
 */
@Title(zh = "设定命名规则", en = "Set naming rule")
public record SetNamingRule(
        @Title(zh = "机关", en = "Organ") OrganId organId,
        @Title(zh = "名称格式", en = "Name pattern") String namePattern,
        @Title(zh = "职务名称", en = "Titles") List<String> titles,
        @Title(zh = "示例", en = "Example") @Nullable String example)
        implements Command {

    @Override
    public List<FieldError> faults() {
        return NamePattern.isPattern(namePattern)
                ? List.of()
                : List.of(new FieldError("/namePattern", "NOT_A_PATTERN", "名称格式有误", "Not a name pattern"));
    }

    static final class Decider implements FactsDecider<SetNamingRule> {

        @Override
        public List<CriteriaItem> criteria(Submission<SetNamingRule> submission) {
            return List.of(Boundaries.organ(submission.command().organId()));
        }

        @Override
        public Decision decide(Submission<SetNamingRule> submission, Facts facts) {
            SetNamingRule command = submission.command();
            NamingRuleSet rule =
                    new NamingRuleSet(command.organId(), command.namePattern(), command.titles(), command.example());
            String example = command.example();
            Rules rules = new Rules()
                    .refuseIf(facts.organ(command.organId()).isEmpty(), () -> new OrganNotFound(command.organId()));
            if (example != null && !NamePattern.of(command.namePattern()).matches(example)) {
                rules.refuse(new NameNotStandard(example, command.namePattern()));
            }
            command.titles().stream()
                    .filter(title -> Titles.leader(title).isEmpty())
                    .forEach(title -> rules.refuse(new TitleNotStandard(title, Titles.leaders())));
            return rules.orElse(() ->
                    facts.namingRule(command.organId()).filter(rule::equals).isPresent() ? List.of() : List.of(rule));
        }
    }
}
