package cn.plumbline.query.dispatch;

import cn.plumbline.events.CoverageRole;
import cn.plumbline.events.DispatchEvent.AppointmentDecision;
import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.DispatchGroupRevoked;
import cn.plumbline.events.DispatchEvent.GroupAppraised;
import cn.plumbline.events.DispatchEvent.GroupMemberAppointed;
import cn.plumbline.events.DispatchEvent.GroupMemberReleased;
import cn.plumbline.events.DispatchEvent.PilotDesignated;
import cn.plumbline.events.DispatchEvent.RotationAssigned;
import cn.plumbline.events.DispatchEvent.RotationCompleted;
import cn.plumbline.events.DispatchEvent.RotationReleased;
import cn.plumbline.events.DispatchEvent.UnitCoverageEnded;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.DispatchEvent.UnitCoverageTransferred;
import cn.plumbline.events.DispatchEvent.VenueStatusChanged;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.GroupKind;
import cn.plumbline.events.MemberTitle;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.VenueKind;
import cn.plumbline.events.VenueStatus;
import cn.plumbline.query.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the directory knows of a dispatch group.
 *
 * @param founding null as long as the group is not established
 * @param revokedOn the first day on which it is no more, null while it is
 * @param units the periods of coverage, by the unit's id
 * @param members all terms of all members
 * @param rotations by quarter
 * @param venues the states of each venue, by its id
 * @param appraisals the grade, by year
 */
record GroupFile(
        @Nullable Founding founding,
        @Nullable LocalDate revokedOn,
        Map<String, List<Covered>> units,
        List<Member> members,
        SortedMap<String, Rotation> rotations,
        SortedMap<String, List<Venue>> venues,
        List<Pilot> pilots,
        SortedMap<Integer, String> appraisals) {

    static final Table<GroupFile> TABLE = Table.of(
            "group",
            GroupFile.class,
            GroupFile::evolve,
            List.of(
                    DispatchGroupEstablished.class,
                    DispatchGroupRevoked.class,
                    UnitCoverageStarted.class,
                    UnitCoverageEnded.class,
                    UnitCoverageTransferred.class,
                    GroupMemberAppointed.class,
                    GroupMemberReleased.class,
                    RotationAssigned.class,
                    RotationCompleted.class,
                    RotationReleased.class,
                    VenueStatusChanged.class,
                    PilotDesignated.class,
                    GroupAppraised.class));

    /** How the group came into being. */
    record Founding(
            String organ,
            GroupKind kind,
            String name,
            @Nullable String residentUnit,
            LocalDate from,
            @Nullable LocalDate to) {}

    /** A period in which the group covers a unit. */
    record Covered(
            CoverageRole role, LocalDate from, @Nullable LocalDate to) {}

    /** A term of a member. */
    record Member(
            String person,
            MemberTitle title,
            boolean fullTime,
            @Nullable String concurrentPost,
            LocalDate from,
            @Nullable LocalDate to,
            AppointmentDecision decision,
            boolean isNew) {

        boolean holdsOn(LocalDate day) {
            return Period.contains(from, to, day);
        }

        private Member until(LocalDate day) {
            return new Member(person, title, fullTime, concurrentPost, from, day, decision, isNew);
        }
    }

    /** The states of a rotation. */
    enum RotationStatus {
        ASSIGNED,
        COMPLETED,
        RELEASED
    }

    /** The work of a quarter. */
    record Rotation(
            String deputy,
            String hostOffice,
            @Nullable List<String> tasks,
            RotationStatus status,
            @Nullable String appraisal) {}

    /** A state of a venue, from a day on. */
    record Venue(VenueKind kind, VenueStatus status, LocalDate on) {}

    /** A pilot in which the group takes part. */
    record Pilot(String programme, LocalDate from) {}

    private static GroupFile empty() {
        return new GroupFile(
                null,
                null,
                new LinkedHashMap<>(),
                new ArrayList<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new ArrayList<>(),
                new TreeMap<>());
    }

    private static GroupFile evolve(String id, @Nullable GroupFile state, Recorded<? extends DomainEvent> recorded) {
        GroupFile file = state == null ? empty() : state;
        switch (recorded.event()) {
            case DispatchGroupEstablished e -> {
                return file.founded(e);
            }
            case DispatchGroupRevoked e -> {
                return file.revoked(e.effectiveTo());
            }
            case UnitCoverageStarted e ->
                file.cover(e.unitId().value(), new Covered(role(e.role()), e.effectiveFrom(), e.effectiveTo()));
            case UnitCoverageEnded e -> file.end(e.unitId().value(), e.effectiveTo());
            case UnitCoverageTransferred e -> file.transfer(id, e);
            case GroupMemberAppointed e -> file.members.add(member(e));
            case GroupMemberReleased e -> file.release(e);
            case RotationAssigned e ->
                file.rotations.put(
                        e.quarter(),
                        new Rotation(e.deputyId().value(), e.hostOffice(), e.tasks(), RotationStatus.ASSIGNED, null));
            case RotationCompleted e -> file.rotation(e.quarter(), RotationStatus.COMPLETED, e.appraisal());
            case RotationReleased e -> file.rotation(e.quarter(), RotationStatus.RELEASED, null);
            case VenueStatusChanged e ->
                file.venues
                        .computeIfAbsent(e.venueId().value(), venue -> new ArrayList<>())
                        .add(new Venue(e.kind(), e.status(), e.on()));
            case PilotDesignated e -> file.pilots.add(new Pilot(e.programme(), e.from()));
            case GroupAppraised e -> file.appraisals.put(e.year(), e.grade());
            default -> {}
        }
        return file;
    }

    private static CoverageRole role(@Nullable CoverageRole role) {
        return Objects.requireNonNullElse(role, CoverageRole.GROUPED);
    }

    private static Member member(GroupMemberAppointed e) {
        return new Member(
                e.personId().value(),
                e.title(),
                e.fullTime(),
                e.concurrentPost(),
                e.from(),
                null,
                e.decision(),
                Boolean.TRUE.equals(e.isNew()));
    }

    private GroupFile founded(DispatchGroupEstablished e) {
        String resident = e.residentUnitId() == null ? null : e.residentUnitId().value();
        Founding founding =
                new Founding(e.organId().value(), e.kind(), e.name(), resident, e.effectiveFrom(), e.effectiveTo());
        return new GroupFile(founding, revokedOn, units, members, rotations, venues, pilots, appraisals);
    }

    private GroupFile revoked(LocalDate on) {
        return new GroupFile(founding, on, units, members, rotations, venues, pilots, appraisals);
    }

    private void cover(String unit, Covered covered) {
        units.computeIfAbsent(unit, id -> new ArrayList<>()).add(covered);
    }

    private void end(String unit, LocalDate on) {
        units.computeIfPresent(unit, (id, periods) -> {
            periods.replaceAll(period ->
                    Period.canEnd(period.from, period.to, on) ? new Covered(period.role, period.from, on) : period);
            return periods;
        });
    }

    private void transfer(String id, UnitCoverageTransferred e) {
        if (e.fromGroupId().value().equals(id)) {
            end(e.unitId().value(), e.effectiveFrom());
        }
        if (e.toGroupId().value().equals(id)) {
            cover(e.unitId().value(), new Covered(e.role(), e.effectiveFrom(), null));
        }
    }

    /** Ends the last open term of a member; a person may hold two titles one after the other. */
    private void release(GroupMemberReleased e) {
        for (int i = members.size() - 1; i >= 0; i--) {
            Member member = members.get(i);
            if (member.person.equals(e.personId().value()) && member.to == null) {
                members.set(i, member.until(e.to()));
                return;
            }
        }
    }

    private void rotation(String quarter, RotationStatus status, @Nullable String appraisal) {
        rotations.computeIfPresent(
                quarter, (id, old) -> new Rotation(old.deputy, old.hostOffice, old.tasks, status, appraisal));
    }

    /** The end of the group, by its foundation or by its revocation. */
    @Nullable
    LocalDate to() {
        return Period.earlier(founding == null ? null : founding.to(), revokedOn);
    }

    boolean activeOn(LocalDate day) {
        return founding != null && Period.contains(founding.from(), to(), day);
    }
}
