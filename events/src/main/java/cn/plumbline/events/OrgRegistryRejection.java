package cn.plumbline.events;

import static cn.plumbline.events.Rejection.Order.COMMAND;
import static cn.plumbline.events.Rejection.Order.EXISTENCE;
import static cn.plumbline.events.Rejection.Order.INTERVALS;
import static cn.plumbline.events.Rejection.Order.LIFE_CYCLE;
import static cn.plumbline.events.Rejection.Order.NAMING;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rejections of the register of organs, units, bases and areas. */
public sealed interface OrgRegistryRejection extends Rejection {

    /** A count below zero. */
    @Told(COMMAND)
    record NegativeCount(String field, long value) implements OrgRegistryRejection {}

    /** Counts of a day that has not come. */
    @Told(COMMAND)
    record AsOfInFuture(LocalDate asOf, LocalDate today) implements OrgRegistryRejection {}

    /** No organ of this id. */
    @Told(EXISTENCE)
    record OrganNotFound(OrganId organId) implements OrgRegistryRejection {}

    /** No unit of this id. */
    @Told(EXISTENCE)
    record UnitNotFound(UnitId unitId) implements OrgRegistryRejection {}

    /** No organ or unit of the parent's id. */
    @Told(EXISTENCE)
    record ParentNotFound(String parentId) implements OrgRegistryRejection {}

    /** No base of this id. */
    @Told(EXISTENCE)
    record CatalogueNotFound(CatalogueId catalogueId) implements OrgRegistryRejection {}

    /** Another unit of the same level and parent has the name. */
    @Told(NAMING)
    record UnitNameDuplicate(String name, UnitId existingUnitId) implements OrgRegistryRejection {}

    /** The unit's level is not one for which the organ may act in this way. */
    @Told(NAMING)
    record LevelMismatch(UnitId unitId, Level unitLevel, UnitCategory category, Level organLevel)
            implements OrgRegistryRejection {}

    /** The unit was merged or dissolved. */
    @Told(LIFE_CYCLE)
    record UnitInactive(UnitId unitId, LocalDate since) implements OrgRegistryRejection {}

    /** The unit is covered past the day on which it would cease. */
    @Told(INTERVALS)
    record UnitStillCovered(
            UnitId unitId,
            @Nullable GroupId existingGroupId,
            CoverageKind kind,
            LocalDate from,
            @Nullable LocalDate to,
            List<Long> conflictingPositions)
            implements OrgRegistryRejection {}

    /** Another base of the organ begins on the same day. */
    @Told(INTERVALS)
    record BaseOverlap(CatalogueId existingCatalogueId, LocalDate effectiveFrom, List<Long> conflictingPositions)
            implements OrgRegistryRejection {}

    /** The unit is in the base already. */
    @Told(INTERVALS)
    record UnitAlreadyInBase(
            UnitId unitId,
            CatalogueId catalogueId,
            LocalDate from,
            @Nullable LocalDate to) implements OrgRegistryRejection {}

    /** The unit is not in the base. */
    @Told(INTERVALS)
    record UnitNotInBase(UnitId unitId, CatalogueId catalogueId) implements OrgRegistryRejection {}
}
