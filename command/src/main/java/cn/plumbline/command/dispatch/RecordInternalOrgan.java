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
import cn.plumbline.events.DispatchEvent.InternalOrganRecorded;
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

/** Puts on record that a unit has a discipline-inspection organ of its own inside, which covers it. */
@Title(zh = "记录内设机构", en = "Record internal organ")
public record RecordInternalOrgan(
        @Title(zh = "单位", en = "Unit") UnitId unitId,
        @Title(zh = "派出机关", en = "Organ") OrganId organId,
        @Title(zh = "内设机构名称", en = "Internal organ") String organName,
        @Title(zh = "生效日期", en = "Effective from") LocalDate effectiveFrom,
        @Title(zh = "失效日期", en = "Effective to") @Nullable LocalDate effectiveTo)
        implements Command {

    @Override
    public List<FieldError> faults() {
        return Periods.faults(effectiveFrom, effectiveTo);
    }

    static final class Decider implements FactsDecider<RecordInternalOrgan> {

        @Override
        public List<CriteriaItem> criteria(Submission<RecordInternalOrgan> submission) {
            RecordInternalOrgan command = submission.command();
            return List.of(Boundaries.organ(command.organId()), Boundaries.unit(command.unitId()));
        }

        @Override
        public Decision decide(Submission<RecordInternalOrgan> submission, Facts facts) {
            RecordInternalOrgan command = submission.command();
            Period period = new Period(command.effectiveFrom(), command.effectiveTo());

            Rules rules = new Rules();

            Optional<Level> organ = CoverageRules.organ(rules, facts, command.organId());
            CoverageRules.checkUnit(rules, facts, command.unitId(), organ, CoverageKind.INTERNAL, period, false);

            return rules.orElse(() -> events(command));
        }

        private static List<DomainEvent> events(RecordInternalOrgan command) {
            List<DomainEvent> events = new ArrayList<>();
            events.add(new InternalOrganRecorded(
                    command.unitId(),
                    command.organId(),
                    command.organName(),
                    command.effectiveFrom(),
                    command.effectiveTo()));

            events.add(new UnitCoverageStarted(
                    command.unitId(),
                    command.organId(),
                    CoverageKind.INTERNAL,
                    null,
                    null,
                    null,
                    command.effectiveFrom(),
                    command.effectiveTo()));
            return events;
        }
    }
}
