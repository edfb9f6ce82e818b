package cn.plumbline.command.orgregistry;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.command.facts.Boundaries;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.FactsDecider;
import cn.plumbline.command.facts.UnitFacts;
import cn.plumbline.command.facts.UnitNames;
import cn.plumbline.events.GeneralRejection.IdAlreadyUsed;
import cn.plumbline.events.Level;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.OrgRegistryRejection.ParentNotFound;
import cn.plumbline.events.OrgRegistryRejection.UnitInactive;
import cn.plumbline.events.Title;
import cn.plumbline.events.UnitCategory;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Enters a unit under supervision. */
@Title(zh = "登记单位", en = "Register unit")
public record RegisterUnit(
        @Title(zh = "单位", en = "Unit") UnitId unitId,
        @Title(zh = "名称", en = "Name") String name,
        @Title(zh = "别名", en = "Aliases") @Nullable List<String> aliases,
        @Title(zh = "类别", en = "Category") UnitCategory category,
        @Title(zh = "层级", en = "Level") Level level,

        @Title(zh = "上级单位", en = "Parent unit") @Nullable UnitId parentUnitId)
        implements Command {

    static final class Decider implements FactsDecider<RegisterUnit> {

        @Override
        public List<CriteriaItem> criteria(Submission<RegisterUnit> submission) {
            RegisterUnit command = submission.command();
            List<CriteriaItem> items = new ArrayList<>();
            items.add(Boundaries.unitLife(command.unitId()));
            items.add(Boundaries.unitName(command.level(), command.parentUnitId(), command.name()));
            if (command.parentUnitId() != null) {
                items.add(Boundaries.unitLife(command.parentUnitId()));
            }
            return items;
        }

        @Override
        public List<CriteriaItem> further(Submission<RegisterUnit> submission, Facts facts) {
            RegisterUnit command = submission.command();
            return UnitNames.boundary(facts, command.unitId(), command.level(), command.parentUnitId(), command.name());
        }

        @Override
        public Decision decide(Submission<RegisterUnit> submission, Facts facts) {
            RegisterUnit command = submission.command();
            LocalDate day = submission.envelope().occurredOn();
            UnitFacts unit = facts.unit(command.unitId());
            Rules rules = new Rules()
                    .refuseIf(
                            unit.registered().isPresent(),
                            () -> new IdAlreadyUsed(command.unitId().value(), List.of(unit.registeredAt())))
                    .refuse(UnitNames.taken(
                            facts, command.unitId(), command.level(), command.parentUnitId(), command.name(), day));
            if (command.parentUnitId() != null) {
                checkParent(rules, facts.unit(command.parentUnitId()), day);
            }
            return rules.orElseOne(() -> new UnitRegistered(
                    command.unitId(),
                    command.name(),
                    command.aliases(),
                    command.category(),
                    command.level(),
                    command.parentUnitId()));
        }

        private static void checkParent(Rules rules, UnitFacts parent, LocalDate day) {
            LocalDate ceasedOn = parent.ceasedOn();
            if (parent.registered().isEmpty()) {
                rules.refuse(new ParentNotFound(parent.id().value()));
            } else if (ceasedOn != null && parent.hasCeased(day)) {
                rules.refuse(new UnitInactive(parent.id(), ceasedOn));
            }
        }
    }
}
