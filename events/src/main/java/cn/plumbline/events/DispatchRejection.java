package cn.plumbline.events;

import static cn.plumbline.events.Rejection.Order.COMMAND;
import static cn.plumbline.events.Rejection.Order.EXISTENCE;
import static cn.plumbline.events.Rejection.Order.INTERVALS;
import static cn.plumbline.events.Rejection.Order.LIFE_CYCLE;
import static cn.plumbline.events.Rejection.Order.NAMING;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rejections of dispatch groups, coverage, people, rotations and venues. */
public sealed interface DispatchRejection extends Rejection {

    /**
     * A standalone group covers one unit.
     *
     * @param units how many it would cover
     * @param existingGroupId the group, where it covers another unit already; absent where the command itself names too
     *     many
     */
    record StandaloneOneUnit(int units, @Nullable GroupId existingGroupId) implements DispatchRejection {

        @Override
        public Order order() {
            return existingGroupId == null ? COMMAND : INTERVALS;
        }
    }

    /** A grouped or joint group covers at least two units. */
    @Told(COMMAND)
    record GroupedNeedsTwoUnits(int units) implements DispatchRejection {}

    /** Who serves part-time has another post, and it must be named. */
    @Told(COMMAND)
    record ConcurrentPostRequired() implements DispatchRejection {}

    /** The quarter is over. */
    @Told(COMMAND)
    record QuarterInPast(String quarter, LocalDate occurredOn) implements DispatchRejection {}

    /** No dispatch group of this id. */
    @Told(EXISTENCE)
    record GroupNotFound(GroupId groupId) implements DispatchRejection {}

    /** Another unrevoked group of the organ has the name. */
    @Told(NAMING)
    record NameDuplicate(String name, GroupId existingGroupId) implements DispatchRejection {}

    /** The name does not follow the organ's rule. */
    @Told(NAMING)
    record NameNotStandard(String name, String namePattern) implements DispatchRejection {}

    /** Not a title of dispatch groups, or not one that the organ's rule allows. */
    @Told(NAMING)
    record TitleNotStandard(@Nullable String title, List<String> titles) implements DispatchRejection {}

    /** The group was revoked before. */
    @Told(LIFE_CYCLE)
    record GroupAlreadyRevoked(GroupId groupId, LocalDate effectiveTo) implements DispatchRejection {}

    /** A day of the act lies before the group's start or after its end. */
    @Told(LIFE_CYCLE)
    record GroupNotActive(
            GroupId groupId, LocalDate from, @Nullable LocalDate to) implements DispatchRejection {}

    /** The person has no place in the group that could end. */
    @Told(LIFE_CYCLE)
    record MemberNotInGroup(GroupId groupId, PersonId personId) implements DispatchRejection {}

    /** The person is not a deputy head of the group in the quarter. */
    @Told(LIFE_CYCLE)
    record NotADeputy(GroupId groupId, PersonId personId, String quarter) implements DispatchRejection {}

    /** A head of a group that covers the unit has no business duties in it. */
    @Told(LIFE_CYCLE)
    record HeadHasBusinessDuty(PersonId personId, UnitId unitId, GroupId existingGroupId)
            implements DispatchRejection {}

    /** The group was appraised for the year. */
    @Told(LIFE_CYCLE)
    record AppraisalDuplicate(GroupId groupId, int year) implements DispatchRejection {}

    /** The unit is covered in a part of the period. */
    @Told(INTERVALS)
    record UnitAlreadyCovered(
            UnitId unitId,
            @Nullable GroupId existingGroupId,
            CoverageKind kind,
            LocalDate from,
            @Nullable LocalDate to,
            List<Long> conflictingPositions)
            implements DispatchRejection {}

    /** The unit's last period is not an open one of the named group. */
    @Told(INTERVALS)
    record NotCoveredBySource(UnitId unitId, GroupId groupId) implements DispatchRejection {}

    /** Units of a base in force would be left without supervision. */
    @Told(INTERVALS)
    record CoverageWouldLapse(List<UnitId> unitIds, LocalDate effectiveTo) implements DispatchRejection {}

    /** The committee carries a plaque in a part of the period. */
    @Told(INTERVALS)
    record PlaqueAlreadyAttached(
            CommitteeId committeeId,
            LocalDate from,
            @Nullable LocalDate to,
            List<Long> conflictingPositions) implements DispatchRejection {}

    /** The group has a head in a part of the term. */
    @Told(INTERVALS)
    record GroupAlreadyHasHead(
            GroupId groupId,
            PersonId existingPersonId,
            LocalDate from,
            @Nullable LocalDate to) implements DispatchRejection {}

    /** The person heads another group in a part of the term. */
    @Told(INTERVALS)
    record PersonHeadsAnotherGroup(
            PersonId personId,
            GroupId existingGroupId,
            LocalDate from,
            @Nullable LocalDate to) implements DispatchRejection {}

    /** The quarter of the group has its deputy. */
    @Told(INTERVALS)
    record RotationSlotTaken(GroupId groupId, String quarter, PersonId existingPersonId) implements DispatchRejection {}
}
