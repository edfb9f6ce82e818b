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
import cn.plumbline.command.facts.Period;
import cn.plumbline.events.CommitteeId;
import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.DispatchEvent.WorkCommitteePlaqueAttached;
import cn.plumbline.events.DispatchRejection.PlaqueAlreadyAttached;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Level;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.Title;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets a work committee carry the plaque of a group and cover a unit. */
@Title(zh = "纪工委加挂牌子", en = "Attach plaque")
public record AttachPlaque(
        @Title(zh = "纪工委", en = "Committee") CommitteeId committeeId,
        @Title(zh = "派出机关", en = "Organ") OrganId organId,
        @Title(zh = "牌子名称", en = "Plaque name") String plaqueName,
        @Title(zh = "单位", en = "Unit") UnitId unitId,
        @Title(zh = "生效日期", en = "Effective from") LocalDate effectiveFrom,
        @Title(zh = "失效日期", en = "Effective to") @Nullable LocalDate effectiveTo,

        @Title(zh = "取代原有覆盖", en = "Supersede legacy") @Nullable
        Boolean supersedeLegacy)
        implements Command {

    @Override
    public List<FieldError> faults() {
        return Periods.faults(effectiveFrom, effectiveTo);
    }

    static final class Decider implements FactsDecider<AttachPlaque> {

        @Override
        public List<CriteriaItem> criteria(Submission<AttachPlaque> submission) {
            AttachPlaque command = submission.command();
            return List.of(
                    Boundaries.plaques(command.committeeId()),
                    Boundaries.organ(command.organId()),
                    Boundaries.unit(command.unitId()));
        }

        @Override
        public Decision decide(Submission<AttachPlaque> submission, Facts facts) {
            AttachPlaque command = submission.command();
            Period period = new Period(command.effectiveFrom(), command.effectiveTo());
            boolean supersedes = Boolean.TRUE.equals(command.supersedeLegacy());
            Rules rules = new Rules();
            CoverageRules.checkBasis(rules, submission, command.effectiveFrom());
            Optional<Level> organ = CoverageRules.organ(rules, facts, command.organId());
            CoverageRules.checkUnit(rules, facts, command.unitId(), organ, CoverageKind.PLAQUE, period, supersedes);
            facts.plaques(command.committeeId()).stream()
                    .filter(plaque -> plaque.period().overlaps(period))
                    .forEach(plaque -> rules.refuse(new PlaqueAlreadyAttached(
                            command.committeeId(),
                            plaque.period().from(),
                            plaque.period().to(),
                            List.of(plaque.position()))));
            return rules.orElse(() -> events(command, facts, period, supersedes));
        }

        private static List<DomainEvent> events(AttachPlaque command, Facts facts, Period period, boolean supersedes) {
            List<DomainEvent> events = new ArrayList<>();
            events.add(new WorkCommitteePlaqueAttached(
                    command.committeeId(),
                    command.organId(),
                    command.plaqueName(),
                    command.unitId(),
                    command.effectiveFrom(),
                    command.effectiveTo()));
            events.addAll(CoverageRules.superseded(facts, command.unitId(), period, supersedes));
            events.add(new UnitCoverageStarted(
                    command.unitId(),
                    command.organId(),
                    CoverageKind.PLAQUE,
                    null,
                    command.committeeId(),
                    null,
                    command.effectiveFrom(),
                    command.effectiveTo()));
            return events;
        }
    }
}
