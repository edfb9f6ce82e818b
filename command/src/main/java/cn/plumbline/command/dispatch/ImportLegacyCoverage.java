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
import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
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

/** Puts coverage from before the reform on record. */
@Title(zh = "导入原有覆盖", en = "Import legacy coverage")
public record ImportLegacyCoverage(
        @Title(zh = "单位", en = "Unit") UnitId unitId,
        @Title(zh = "派出机关", en = "Organ") OrganId organId,
        @Title(zh = "生效日期", en = "Effective from") LocalDate effectiveFrom,
        @Title(zh = "失效日期", en = "Effective to") @Nullable LocalDate effectiveTo)
        implements Command {

    @Override
    public List<FieldError> faults() {
        return Periods.faults(effectiveFrom, effectiveTo);
    }

    static final class Decider implements FactsDecider<ImportLegacyCoverage> {

        @Override
        public List<CriteriaItem> criteria(Submission<ImportLegacyCoverage> submission) {
            ImportLegacyCoverage command = submission.command();
            return List.of(Boundaries.organ(command.organId()), Boundaries.unit(command.unitId()));
        }

        @Override
        public Decision decide(Submission<ImportLegacyCoverage> submission, Facts facts) {
            ImportLegacyCoverage command = submission.command();
            Period period = new Period(command.effectiveFrom(), command.effectiveTo());

            Rules rules = new Rules();

            Optional<Level> organ = CoverageRules.organ(rules, facts, command.organId());
            CoverageRules.checkUnit(rules, facts, command.unitId(), organ, CoverageKind.LEGACY, period, false);

            return rules.orElse(() -> events(command));
        }

        private static List<DomainEvent> events(ImportLegacyCoverage command) {
            List<DomainEvent> events = new ArrayList<>();

            events.add(new UnitCoverageStarted(
                    command.unitId(),
                    command.organId(),
                    CoverageKind.LEGACY,
                    null,
                    null,
                    null,
                    command.effectiveFrom(),
                    command.effectiveTo()));
            return events;
        }
    }
}
