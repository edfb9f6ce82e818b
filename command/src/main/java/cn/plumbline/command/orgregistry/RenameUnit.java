package cn.plumbline.command.orgregistry;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.command.facts.Boundaries;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.FactsDecider;
import cn.plumbline.command.facts.UnitNames;
import cn.plumbline.command.facts.UnitRules;
import cn.plumbline.events.GeneralRejection.DateBeforeLastChange;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitRenamed;
import cn.plumbline.events.Title;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives a unit another name from a day on; nothing happens when it has the name. */
@Title(zh = "单位更名", en = "Rename unit")
public record RenameUnit(
        @Title(zh = "单位", en = "Unit") UnitId unitId,
        @Title(zh = "新名称", en = "New name") String name,
        @Title(zh = "日期", en = "Date") LocalDate on)
        implements Command {

    static final class Decider implements FactsDecider<RenameUnit> {

        @Override
        public List<CriteriaItem> criteria(Submission<RenameUnit> submission) {
            return List.of(Boundaries.unit(submission.command().unitId()));
        }

        @Override
        public List<CriteriaItem> further(Submission<RenameUnit> submission, Facts facts) {
            RenameUnit command = submission.command();
            Optional<UnitRegistered> unit = facts.unit(command.unitId()).registered();
            if (unit.isEmpty()) {
                return List.of();
            }
            List<CriteriaItem> items = new ArrayList<>();
            items.add(Boundaries.unitName(unit.get().level(), unit.get().parentUnitId(), command.name()));
            items.addAll(UnitNames.boundary(
                    facts, command.unitId(), unit.get().level(), unit.get().parentUnitId(), command.name()));
            return items;
        }

        @Override
        public Decision decide(Submission<RenameUnit> submission, Facts facts) {
            RenameUnit command = submission.command();
            String oldName = facts.unit(command.unitId()).name();
            LocalDate renamedOn = facts.unit(command.unitId()).renamedOn();
            Rules rules = new Rules();
            Optional<UnitRegistered> unit = UnitRules.exists(rules, facts, command.unitId(), command.on());
            if (renamedOn != null && command.on().isBefore(renamedOn)) {
                rules.refuse(new DateBeforeLastChange(command.on(), renamedOn));
            }
            unit.ifPresent(found -> rules.refuse(UnitNames.taken(
                    facts, command.unitId(), found.level(), found.parentUnitId(), command.name(), command.on())));
            return rules.orElse(() -> oldName == null || oldName.equals(command.name())
                    ? List.of()
                    : unit.stream()
                            .map(found -> new UnitRenamed(
                                    command.unitId(),
                                    command.name(),
                                    oldName,
                                    found.level(),
                                    found.parentUnitId(),
                                    command.on()))
                            .toList());
        }
    }
}
