package cn.plumbline.command.orgregistry;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.command.facts.BaseFacts;
import cn.plumbline.command.facts.Boundaries;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.FactsDecider;
import cn.plumbline.command.facts.Levels;
import cn.plumbline.command.facts.Period;
import cn.plumbline.command.facts.UnitRules;
import cn.plumbline.events.CatalogueId;
import cn.plumbline.events.GeneralRejection.DateBeforeLastChange;
import cn.plumbline.events.OrgRegistryEvent.UnitAddedToBase;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.OrgRegistryRejection.CatalogueNotFound;
import cn.plumbline.events.OrgRegistryRejection.UnitAlreadyInBase;
import cn.plumbline.events.Title;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Takes a unit into a base from a day on. */
@Title(zh = "单位列入名录", en = "Add unit to base")
public record AddUnitToBase(
        @Title(zh = "名录", en = "Catalogue") CatalogueId catalogueId,
        @Title(zh = "单位", en = "Unit") UnitId unitId,
        @Title(zh = "生效日期", en = "Effective from") LocalDate effectiveFrom)
        implements Command {

    static final class Decider implements FactsDecider<AddUnitToBase> {

        @Override
        public List<CriteriaItem> criteria(Submission<AddUnitToBase> submission) {
            return List.of(
                    Boundaries.baseId(submission.command().catalogueId()),
                    Boundaries.unit(submission.command().unitId()));
        }

        @Override
        public List<CriteriaItem> further(Submission<AddUnitToBase> submission, Facts facts) {
            return facts.base(submission.command().catalogueId())
                    .map(base -> List.of(Boundaries.organ(base.organ())))
                    .orElse(List.of());
        }

        @Override
        public Decision decide(Submission<AddUnitToBase> submission, Facts facts) {
            AddUnitToBase command = submission.command();
            Optional<BaseFacts> base = facts.base(command.catalogueId());
            Rules rules = new Rules().refuseIf(base.isEmpty(), () -> new CatalogueNotFound(command.catalogueId()));
            Optional<UnitRegistered> unit = UnitRules.exists(rules, facts, command.unitId(), command.effectiveFrom());
            base.ifPresent(found -> check(rules, facts, command, found, unit));
            return rules.orElse(() -> base.stream()
                    .map(found -> new UnitAddedToBase(
                            command.catalogueId(), found.organ(), command.unitId(), command.effectiveFrom()))
                    .toList());
        }

        private static void check(
                Rules rules, Facts facts, AddUnitToBase command, BaseFacts base, Optional<UnitRegistered> unit) {
            unit.ifPresent(found -> facts.organ(base.organ())
                    .ifPresent(organ -> rules.refuse(Levels.base(organ.event().level(), found))));
            rules.refuseIf(
                    command.effectiveFrom().isBefore(base.from()),
                    () -> new DateBeforeLastChange(command.effectiveFrom(), base.from()));
            base.periods(command.unitId()).stream()
                    .filter(Period.from(command.effectiveFrom())::overlaps)
                    .findFirst()
                    .ifPresent(period -> rules.refuse(
                            new UnitAlreadyInBase(command.unitId(), base.id(), period.from(), period.to())));
        }
    }
}
