package cn.plumbline.command.orgregistry;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.FieldError;
import cn.plumbline.command.Lists;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.command.facts.Bases;
import cn.plumbline.command.facts.Boundaries;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.FactsDecider;
import cn.plumbline.command.facts.Levels;
import cn.plumbline.command.facts.UnitRules;
import cn.plumbline.events.CatalogueId;
import cn.plumbline.events.GeneralRejection.IdAlreadyUsed;
import cn.plumbline.events.OrgRegistryEvent.CoverageBaseSet;
import cn.plumbline.events.OrgRegistryRejection.BaseOverlap;
import cn.plumbline.events.OrgRegistryRejection.OrganNotFound;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.Title;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Sets the units that an organ must cover, from a day until its next base begins. */
@Title(zh = "设定应覆盖名录", en = "Set coverage base")
public record SetCoverageBase(
        @Title(zh = "名录", en = "Catalogue") CatalogueId catalogueId,
        @Title(zh = "机关", en = "Organ") OrganId organId,
        @Title(zh = "单位", en = "Units") List<UnitId> unitIds,
        @Title(zh = "生效日期", en = "Effective from") LocalDate effectiveFrom)
        implements Command {

    @Override
    public List<FieldError> faults() {
        return Lists.faults("/unitIds", unitIds);
    }

    static final class Decider implements FactsDecider<SetCoverageBase> {

        @Override
        public List<CriteriaItem> criteria(Submission<SetCoverageBase> submission) {
            SetCoverageBase command = submission.command();
            List<CriteriaItem> items = new ArrayList<>();
            items.add(Boundaries.organ(command.organId()));
            items.add(Boundaries.bases(command.organId()));
            items.add(Boundaries.baseId(command.catalogueId()));
            command.unitIds().forEach(unit -> items.add(Boundaries.unitLife(unit)));
            return items;
        }

        @Override
        public Decision decide(Submission<SetCoverageBase> submission, Facts facts) {
            SetCoverageBase command = submission.command();
            var organ = facts.organ(command.organId());
            Rules rules = new Rules()
                    .refuse(facts.base(command.catalogueId())
                            .map(base -> new IdAlreadyUsed(base.id().value(), List.of(base.position()))))
                    .refuseIf(organ.isEmpty(), () -> new OrganNotFound(command.organId()))
                    .refuse(new Bases(facts)
                            .beginning(command.organId(), command.effectiveFrom())
                            .map(base -> new BaseOverlap(base.id(), base.from(), List.of(base.position()))));
            for (UnitId id : command.unitIds()) {
                UnitRules.exists(rules, facts, id, command.effectiveFrom())
                        .ifPresent(unit -> organ.ifPresent(registration ->
                                rules.refuse(Levels.base(registration.event().level(), unit))));
            }
            return rules.orElseOne(() -> new CoverageBaseSet(
                    command.catalogueId(), command.organId(), command.unitIds(), command.effectiveFrom()));
        }
    }
}
