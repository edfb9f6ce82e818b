package cn.plumbline.query.dispatch;

import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.CoverageRole;
import cn.plumbline.events.DispatchEvent.InternalOrganRecorded;
import cn.plumbline.events.DispatchEvent.UnitCoverageEnded;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.DispatchEvent.UnitCoverageTransferred;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Id;
import cn.plumbline.events.Level;
import cn.plumbline.events.OrgRegistryEvent.UnitDissolved;
import cn.plumbline.events.OrgRegistryEvent.UnitMerged;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitRenamed;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.UnitCategory;
import cn.plumbline.query.Table;
import cn.plumbline.query.dispatch.UnitNames.Name;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the coverage map knows of a unit.
 *
 * @param category null as long as the unit is not registered
 * @param ceasedOn the first day on which the unit is no more, null while it is
 * @param coverage all periods of coverage by any organ, in the order of their recording
 * @param internal its own discipline-inspection organs
 */
record UnitFile(
        List<Name> names,
        @Nullable UnitCategory category,
        @Nullable Level level,
        @Nullable String parent,
        @Nullable LocalDate ceasedOn,
        List<Coverage> coverage,
        List<Internal> internal) {

    static final Table<UnitFile> TABLE = Table.of(
            "unit",
            UnitFile.class,
            UnitFile::evolve,
            List.of(
                    UnitRegistered.class,
                    UnitRenamed.class,
                    UnitMerged.class,
                    UnitDissolved.class,
                    UnitCoverageStarted.class,
                    UnitCoverageEnded.class,
                    UnitCoverageTransferred.class,
                    InternalOrganRecorded.class));

    /** One period of coverage. */
    record Coverage(
            String organ,
            CoverageKind kind,
            @Nullable String group,
            @Nullable String committee,
            @Nullable CoverageRole role,
            LocalDate from,
            @Nullable LocalDate to) {

        boolean contains(LocalDate day) {
            return Period.contains(from, to, day);
        }

        private Coverage until(LocalDate day) {
            return new Coverage(organ, kind, group, committee, role, from, day);
        }
    }

    /** A discipline-inspection organ inside the unit, counted for an organ. */
    record Internal(String organ, String name, LocalDate from) {}

    private static UnitFile empty() {
        return new UnitFile(new ArrayList<>(), null, null, null, null, new ArrayList<>(), new ArrayList<>());
    }

    private static @Nullable UnitFile evolve(
            String id, @Nullable UnitFile state, Recorded<? extends DomainEvent> recorded) {
        UnitFile file = state == null ? empty() : state;
        switch (recorded.event()) {
            case UnitRegistered e
            when is(e.unitId(), id) -> {
                file.addName(id, e);
                return file.registered(e);
            }
            case UnitRenamed e when is(e.unitId(), id) -> file.addName(id, e);
            case UnitMerged e
            when is(e.unitId(), id) -> {
                return file.ceased(e.on());
            }
            case UnitDissolved e
            when is(e.unitId(), id) -> {
                return file.ceased(e.on());
            }
            case UnitCoverageStarted e when is(e.unitId(), id) -> file.start(e);
            case UnitCoverageEnded e
            when is(e.unitId(), id) ->
                file.end(e.organId(), value(e.groupId()), value(e.committeeId()), e.kind(), e.effectiveTo());
            case UnitCoverageTransferred e when is(e.unitId(), id) -> file.transfer(e);
            case InternalOrganRecorded e
            when is(e.unitId(), id) ->
                file.internal.add(new Internal(e.organId().value(), e.organName(), e.effectiveFrom()));
            default -> {
                return state;
            }
        }
        return file;
    }

    private static boolean is(Id unit, String id) {
        return unit.value().equals(id);
    }

    private static @Nullable String value(@Nullable Id id) {
        return id == null ? null : id.value();
    }

    private void addName(String id, DomainEvent event) {
        Name name = UnitNames.name(id, event);
        if (name != null) {
            names.add(name);
        }
    }

    private UnitFile registered(UnitRegistered e) {
        return new UnitFile(names, e.category(), e.level(), value(e.parentUnitId()), ceasedOn, coverage, internal);
    }

    private UnitFile ceased(LocalDate on) {
        return new UnitFile(names, category, level, parent, Period.earlier(ceasedOn, on), coverage, internal);
    }

    private void start(UnitCoverageStarted e) {
        coverage.add(new Coverage(
                e.organId().value(),
                e.kind(),
                value(e.groupId()),
                value(e.committeeId()),
                e.role(),
                e.effectiveFrom(),
                e.effectiveTo()));
    }

    private void transfer(UnitCoverageTransferred e) {
        coverage.replaceAll(period -> e.organId().value().equals(period.organ)
                        && e.fromGroupId().value().equals(period.group)
                        && Period.canEnd(period.from, period.to, e.effectiveFrom())
                ? period.until(e.effectiveFrom())
                : period);
        coverage.add(new Coverage(
                e.organId().value(), e.kind(), e.toGroupId().value(), null, e.role(), e.effectiveFrom(), null));
    }

    private void end(Id organ, @Nullable String group, @Nullable String committee, CoverageKind kind, LocalDate on) {
        coverage.replaceAll(period -> organ.value().equals(period.organ)
                        && kind == period.kind
                        && Objects.equals(group, period.group)
                        && Objects.equals(committee, period.committee)
                        && Period.canEnd(period.from, period.to, on)
                ? period.until(on)
                : period);
    }

    boolean existsOn(LocalDate day) {
        return ceasedOn == null || day.isBefore(ceasedOn);
    }

    /** Whether its supervision follows that of the street above it. */
    boolean isCommunity() {
        return category == UnitCategory.COMMUNITY || level == Level.COMMUNITY;
    }

    /** The name of the internal organ that counts for an organ from a day. */
    @Nullable
    String internalName(String organ, LocalDate from) {
        return internal.stream()
                .filter(each -> each.organ.equals(organ) && each.from.equals(from))
                .map(Internal::name)
                .reduce((first, second) -> second)
                .orElse(null);
    }
}
