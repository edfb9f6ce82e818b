package cn.plumbline.command.dispatch;

import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.command.facts.Bases;
import cn.plumbline.command.facts.CoverageInterval;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.GroupFacts;
import cn.plumbline.command.facts.Levels;
import cn.plumbline.command.facts.Period;
import cn.plumbline.command.facts.UnitRules;
import cn.plumbline.events.ApprovalLevel;
import cn.plumbline.events.BasisDocument;
import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.DispatchEvent.UnitCoverageEnded;
import cn.plumbline.events.DispatchRejection.CoverageWouldLapse;
import cn.plumbline.events.DispatchRejection.GroupNotActive;
import cn.plumbline.events.DispatchRejection.GroupNotFound;
import cn.plumbline.events.DispatchRejection.NotCoveredBySource;
import cn.plumbline.events.DispatchRejection.StandaloneOneUnit;
import cn.plumbline.events.DispatchRejection.UnitAlreadyCovered;
import cn.plumbline.events.GeneralRejection.ApprovalLevelTooLow;
import cn.plumbline.events.GeneralRejection.ApprovalMissing;
import cn.plumbline.events.GeneralRejection.BasisRequired;
import cn.plumbline.events.GeneralRejection.DateBeforeLastChange;
import cn.plumbline.events.GeneralRejection.EffectiveBeforeBasisDoc;
import cn.plumbline.events.GroupKind;
import cn.plumbline.events.Level;
import cn.plumbline.events.OrgRegistryRejection.OrganNotFound;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules that the decisions on coverage share. */
final class CoverageRules {

    /** Who must approve that a unit is left without supervision. */
    private static final ApprovalLevel LAPSE_APPROVAL = ApprovalLevel.ORGAN_HEAD;

    private CoverageRules() {}

    /** There is a document, and it is not younger than what rests on it. */
    static void checkBasis(Rules rules, Submission<?> submission, LocalDate effectiveFrom) {
        List<BasisDocument> basis = submission.envelope().basis().stream()
                .filter(document -> says(document.docId()) || says(document.docNo()))
                .toList();
        rules.refuseIf(basis.isEmpty(), BasisRequired::new)
                .refuse(basis.stream()
                        .map(BasisDocument::issuedOn)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .filter(effectiveFrom::isBefore)
                        .map(issuedOn -> new EffectiveBeforeBasisDoc(effectiveFrom, issuedOn)));
    }

    private static boolean says(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    /** The organ is registered; its level when it is. */
    static Optional<Level> organ(Rules rules, Facts facts, OrganId id) {
        Optional<Level> level = level(facts, id);
        rules.refuseIf(level.isEmpty(), () -> new OrganNotFound(id));
        return level;
    }

    /** The level of an organ that is registered. */
    static Optional<Level> level(Facts facts, OrganId id) {
        return facts.organ(id).map(organ -> organ.event().level());
    }

    /**
     * The unit exists through the period, fits the organ's level, and is covered by nobody in it, LEGACY coverage aside
     * where that is to be superseded.
     */
    static void checkUnit(
            Rules rules,
            Facts facts,
            UnitId unit,
            Optional<Level> organ,
            CoverageKind kind,
            Period period,
            boolean supersedeLegacy) {
        UnitRules.exists(rules, facts, unit, period)
                .ifPresent(
                        registered -> organ.ifPresent(level -> rules.refuse(Levels.coverage(level, registered, kind))));
        facts.unit(unit).coverage().overlapping(period).stream()
                .filter(interval -> !(supersedeLegacy && isSuperseded(interval, period)))
                .forEach(interval -> rules.refuse(new UnitAlreadyCovered(
                        unit,
                        interval.groupId(),
                        interval.kind(),
                        interval.period().from(),
                        interval.period().to(),
                        List.of(interval.position()))));
    }

    /** The ends of LEGACY coverage that a new period supersedes, on its first day. */
    static List<UnitCoverageEnded> superseded(Facts facts, UnitId unit, Period period, boolean supersedeLegacy) {
        return facts.unit(unit).coverage().overlapping(period).stream()
                .filter(interval -> supersedeLegacy && isSuperseded(interval, period))
                .map(interval -> ended(interval, period.from(), "新的监督取代原有覆盖"))
                .toList();
    }

    private static boolean isSuperseded(CoverageInterval interval, Period by) {
        return interval.kind() == CoverageKind.LEGACY && interval.period().canEndOn(by.from());
    }

    /** The end of a period of coverage. */
    static UnitCoverageEnded ended(CoverageInterval interval, LocalDate on, String reason) {
        return new UnitCoverageEnded(
                interval.unitId(),
                interval.organId(),
                interval.kind(),
                interval.groupId(),
                interval.committeeId(),
                on,
                reason);
    }

    /** The group exists, and all days of the period are its own. */
    static void checkActive(Rules rules, GroupFacts group, Period period) {
        Optional<Period> active = group.active();
        rules.refuseIf(active.isEmpty(), () -> new GroupNotFound(group.id()))
                .refuse(active.filter(own -> !own.contains(period.from()) || !own.covers(period))
                        .map(own -> new GroupNotActive(group.id(), own.from(), own.to())));
    }

    /** The group exists, and is active on the day. */
    static void checkActive(Rules rules, GroupFacts group, LocalDate day) {
        Optional<Period> active = group.active();
        rules.refuseIf(active.isEmpty(), () -> new GroupNotFound(group.id()))
                .refuse(active.filter(own -> !own.contains(day))
                        .map(own -> new GroupNotActive(group.id(), own.from(), own.to())));
    }

    /** The unit's last period is an open one of the group, and the day is after its start. */
    static void checkLast(Rules rules, Facts facts, UnitId unit, GroupFacts group, LocalDate day) {
        Optional<CoverageInterval> open = facts.unit(unit).coverage().openOf(group.id());
        boolean known =
                group.established().isPresent() && facts.unit(unit).registered().isPresent();
        rules.refuseIf(known && open.isEmpty(), () -> new NotCoveredBySource(unit, group.id()))
                .refuse(open.map(interval -> interval.period().from())
                        .filter(from -> !from.isBefore(day))
                        .map(from -> new DateBeforeLastChange(day, from)));
    }

    /** A standalone group covers no second unit in the period. */
    static void checkStandalone(Rules rules, Facts facts, GroupFacts group, UnitId unit, Period period) {
        boolean standalone = group.established()
                .filter(event -> event.kind() == GroupKind.STANDALONE)
                .isPresent();
        if (!standalone) {
            return;
        }
        long others = facts.coverageBy(group.id()).stream()
                .filter(interval ->
                        !interval.unitId().equals(unit) && interval.period().overlaps(period))
                .map(CoverageInterval::unitId)
                .distinct()
                .count();
        rules.refuseIf(others > 0, () -> new StandaloneOneUnit((int) others + 1, group.id()));
    }

    /** No unit of a base in force is left uncovered on the day, unless that is acknowledged with an approval. */
    static void checkLapse(
            Rules rules,
            Submission<?> submission,
            Facts facts,
            List<UnitId> units,
            LocalDate on,
            @Nullable Boolean acknowledged) {
        List<UnitId> lapsing =
                units.stream().filter(unit -> lapses(facts, unit, on)).toList();
        var approval = submission.envelope().approval();
        if (lapsing.isEmpty()) {
            return;
        }
        if (!Boolean.TRUE.equals(acknowledged)) {
            rules.refuse(new CoverageWouldLapse(lapsing, on));
        } else if (approval == null) {
            rules.refuse(new ApprovalMissing(LAPSE_APPROVAL));
        } else if (approval.level().compareTo(LAPSE_APPROVAL) < 0) {
            rules.refuse(new ApprovalLevelTooLow(approval.level(), LAPSE_APPROVAL));
        }
    }

    private static boolean lapses(Facts facts, UnitId unit, LocalDate on) {
        boolean continued = facts.unit(unit).coverage().all().stream()
                .anyMatch(interval ->
                        !interval.period().isEmpty() && interval.period().from().equals(on));
        return !continued && !facts.unit(unit).hasCeased(on) && new Bases(facts).holds(unit, on);
    }
}
