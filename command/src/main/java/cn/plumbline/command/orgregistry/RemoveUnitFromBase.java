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
import cn.plumbline.command.facts.Period;
import cn.plumbline.events.CatalogueId;
import cn.plumbline.events.GeneralRejection.DateBeforeLastChange;
import cn.plumbline.events.OrgRegistryEvent.UnitRemovedFromBase;
import cn.plumbline.events.OrgRegistryRejection.CatalogueNotFound;
import cn.plumbline.events.OrgRegistryRejection.UnitNotFound;
import cn.plumbline.events.OrgRegistryRejection.UnitNotInBase;
import cn.plumbline.events.Title;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Takes a unit out of a base; the day is the first on which it is out. */
@Title(zh = "单位移出名录", en = "Remove unit from base")
public record RemoveUnitFromBase(
        @Title(zh = "名录", en = "Catalogue") CatalogueId catalogueId,
        @Title(zh = "单位", en = "Unit") UnitId unitId,
        @Title(zh = "失效日期", en = "Effective to") LocalDate effectiveTo,
        @Title(zh = "原因", en = "Reason") String reason)
        implements Command {

    static final class Decider implements FactsDecider<RemoveUnitFromBase> {

        @Override
        public List<CriteriaItem> criteria(Submission<RemoveUnitFromBase> submission) {
            return List.of(
                    Boundaries.baseId(submission.command().catalogueId()),
                    Boundaries.unit(submission.command().unitId()));
        }

        @Override
        public Decision decide(Submission<RemoveUnitFromBase> submission, Facts facts) {
            RemoveUnitFromBase command = submission.command();
            Optional<BaseFacts> base = facts.base(command.catalogueId());
            boolean registered = facts.unit(command.unitId()).registered().isPresent();
            Rules rules = new Rules()
                    .refuseIf(base.isEmpty(), () -> new CatalogueNotFound(command.catalogueId()))
                    .refuseIf(!registered, () -> new UnitNotFound(command.unitId()));
            if (base.isPresent() && registered) {
                Optional<Period> open = base.get().openPeriod(command.unitId());
                rules.refuseIf(open.isEmpty(), () -> new UnitNotInBase(command.unitId(), command.catalogueId()))
                        .refuse(open.map(Period::from)
                                .filter(from -> !from.isBefore(command.effectiveTo()))
                                .map(from -> new DateBeforeLastChange(command.effectiveTo(), from)));
            }
            return rules.orElse(() -> base.stream()
                    .map(found -> new UnitRemovedFromBase(
                            command.catalogueId(),
                            found.organ(),
                            command.unitId(),
                            command.effectiveTo(),
                            command.reason()))
                    .toList());
        }
    }
}
