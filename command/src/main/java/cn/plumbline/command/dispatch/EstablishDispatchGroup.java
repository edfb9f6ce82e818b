package cn.plumbline.command.dispatch;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.FieldError;
import cn.plumbline.command.Lists;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.command.facts.Boundaries;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.FactsDecider;
import cn.plumbline.command.facts.GroupFacts;
import cn.plumbline.command.facts.GroupNames;
import cn.plumbline.command.facts.Period;
import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.DispatchRejection.GroupedNeedsTwoUnits;
import cn.plumbline.events.DispatchRejection.StandaloneOneUnit;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.GeneralRejection.IdAlreadyUsed;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.GroupKind;
import cn.plumbline.events.Level;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.Title;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Establishes a group and puts its units under it, all at once. */
@Title(zh = "设立派驻机构", en = "Establish dispatch group")
public record EstablishDispatchGroup(
        @Title(zh = "机构", en = "Group") GroupId groupId,
        @Title(zh = "派出机关", en = "Organ") OrganId organId,
        @Title(zh = "形式", en = "Kind") GroupKind kind,
        @Title(zh = "名称", en = "Name") String name,

        @Title(zh = "驻在单位", en = "Resident unit") @Nullable UnitId residentUnitId,

        @Title(zh = "监督单位", en = "Units") List<UnitId> unitIds,
        @Title(zh = "生效日期", en = "Effective from") LocalDate effectiveFrom,

        @Title(zh = "失效日期", en = "Effective to") @Nullable LocalDate effectiveTo,

        @Title(zh = "取代原有覆盖", en = "Supersede legacy") @Nullable
        Boolean supersedeLegacy)
        implements Command {

    @Override
    public List<FieldError> faults() {
        List<FieldError> faults = new ArrayList<>(Lists.faults("/unitIds", unitIds));
        if (residentUnitId != null && !unitIds.contains(residentUnitId)) {
            faults.add(new FieldError("/residentUnitId", "NOT_IN_UNITS", "驻在单位须在监督单位之中", "Not among unitIds"));
        }
        faults.addAll(Periods.faults(effectiveFrom, effectiveTo));
        return faults;
    }

    private Period period() {
        return new Period(effectiveFrom, effectiveTo);
    }

    private boolean supersedes() {
        return Boolean.TRUE.equals(supersedeLegacy);
    }

    static final class Decider implements FactsDecider<EstablishDispatchGroup> {

        @Override
        public List<CriteriaItem> criteria(Submission<EstablishDispatchGroup> submission) {
            EstablishDispatchGroup command = submission.command();
            List<CriteriaItem> items = new ArrayList<>();
            items.add(Boundaries.organ(command.organId()));
            items.add(Boundaries.group(command.groupId()));
            items.add(Boundaries.groupName(command.organId(), command.name()));
            command.unitIds().forEach(unit -> items.add(Boundaries.unit(unit)));
            return items;
        }

        @Override
        public Decision decide(Submission<EstablishDispatchGroup> submission, Facts facts) {
            EstablishDispatchGroup command = submission.command();
            GroupFacts group = facts.group(command.groupId());
            Rules rules = new Rules();
            checkSize(rules, command);
            CoverageRules.checkBasis(rules, submission, command.effectiveFrom());
            rules.refuseIf(
                    group.established().isPresent(),
                    () -> new IdAlreadyUsed(command.groupId().value(), List.of(group.establishedAt())));
            Optional<Level> organ = CoverageRules.organ(rules, facts, command.organId());
            checkName(rules, facts, command);
            for (UnitId unit : command.unitIds()) {
                CoverageRules.checkUnit(
                        rules,
                        facts,
                        unit,
                        organ,
                        CoverageKind.of(command.kind()),
                        command.period(),
                        command.supersedes());
            }
            return rules.orElse(() -> events(command, facts));
        }

        private static void checkSize(Rules rules, EstablishDispatchGroup command) {
            int units = command.unitIds().size();
            boolean several = command.kind() == GroupKind.GROUPED || command.kind() == GroupKind.JOINT;
            rules.refuseIf(
                            command.kind() == GroupKind.STANDALONE && units != 1,
                            () -> new StandaloneOneUnit(units, null))
                    .refuseIf(several && units < 2, () -> new GroupedNeedsTwoUnits(units));
        }

        private static void checkName(Rules rules, Facts facts, EstablishDispatchGroup command) {
            rules.refuse(GroupNames.taken(facts, command.groupId(), command.organId(), command.name()))
                    .refuse(GroupNames.nonStandard(facts, command.organId(), command.name()));
        }

        private static List<DomainEvent> events(EstablishDispatchGroup command, Facts facts) {
            List<DomainEvent> events = new ArrayList<>();
            events.add(new DispatchGroupEstablished(
                    command.groupId(),
                    command.organId(),
                    command.kind(),
                    command.name(),
                    command.residentUnitId(),
                    command.effectiveFrom(),
                    command.effectiveTo()));
            command.unitIds()
                    .forEach(unit -> events.addAll(
                            CoverageRules.superseded(facts, unit, command.period(), command.supersedes())));
            command.unitIds().forEach(unit -> events.add(started(command, unit)));
            return events;
        }

        private static UnitCoverageStarted started(EstablishDispatchGroup command, UnitId unit) {
            return new UnitCoverageStarted(
                    unit,
                    command.organId(),
                    CoverageKind.of(command.kind()),
                    command.groupId(),
                    null,
                    GroupFacts.role(command.kind(), command.residentUnitId(), unit),
                    command.effectiveFrom(),
                    command.effectiveTo());
        }
    }
}
