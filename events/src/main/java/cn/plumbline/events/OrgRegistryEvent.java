package cn.plumbline.events;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The register of organs, units, coverage bases and areas (机构名录). */
@Context(value = "orgregistry", zh = "机构名录", en = "Organ registry")
public sealed interface OrgRegistryEvent extends DomainEvent {

    /** An organ that can dispatch groups was entered. */
    @Title(zh = "登记机关", en = "Organ registered")
    record OrganRegistered(
            @Title(zh = "机关", en = "Organ") OrganId organId,
            @Title(zh = "名称", en = "Name") String name,
            @Title(zh = "层级", en = "Level") Level level,

            @Title(zh = "上级机关", en = "Parent organ") @Nullable
            OrganId parentOrganId)
            implements OrgRegistryEvent {}

    /** A unit under supervision was entered. */
    @Title(zh = "登记单位", en = "Unit registered")
    record UnitRegistered(
            @Title(zh = "单位", en = "Unit") UnitId unitId,
            @Title(zh = "名称", en = "Name") String name,
            @Title(zh = "别名", en = "Aliases") @Nullable List<String> aliases,
            @Title(zh = "类别", en = "Category") UnitCategory category,
            @Title(zh = "层级", en = "Level") Level level,

            @Title(zh = "上级单位", en = "Parent unit") @Nullable
            UnitId parentUnitId)
            implements OrgRegistryEvent {

        @Override
        public Set<Tag> compositeTags() {
            return Set.of(NameTags.unitName(level, parentUnitId, name));
        }
    }

    /**
     * A unit has another name from a day on.
     *
     * @param level the unit's level, which with the parent is the scope in which names are unique
     */
    @Title(zh = "单位更名", en = "Unit renamed")
    record UnitRenamed(
            @Title(zh = "单位", en = "Unit") UnitId unitId,
            @Title(zh = "新名称", en = "New name") String name,
            @Title(zh = "原名称", en = "Old name") String oldName,
            @Title(zh = "层级", en = "Level") Level level,

            @Title(zh = "上级单位", en = "Parent unit") @Nullable
            UnitId parentUnitId,

            @Title(zh = "日期", en = "Date") LocalDate on)
            implements OrgRegistryEvent {

        @Override
        public Set<Tag> compositeTags() {
            return Set.of(
                    NameTags.unitName(level, parentUnitId, name), NameTags.unitName(level, parentUnitId, oldName));
        }
    }

    /** A unit went into another one and ceased. */
    @Title(zh = "单位合并", en = "Unit merged")
    record UnitMerged(
            @Title(zh = "单位", en = "Unit") UnitId unitId,
            @Title(zh = "并入单位", en = "Merged into") UnitId into,
            @Title(zh = "日期", en = "Date") LocalDate on)
            implements OrgRegistryEvent {}

    /** A unit ceased. */
    @Title(zh = "单位撤销", en = "Unit dissolved")
    record UnitDissolved(
            @Title(zh = "单位", en = "Unit") UnitId unitId,
            @Title(zh = "日期", en = "Date") LocalDate on) implements OrgRegistryEvent {}

    /** The units that an organ must cover, from a day until its next base begins. */
    @Title(zh = "设定应覆盖名录", en = "Coverage base set")
    record CoverageBaseSet(
            @Title(zh = "名录", en = "Catalogue") CatalogueId catalogueId,
            @Title(zh = "机关", en = "Organ") OrganId organId,
            @Title(zh = "单位", en = "Units") List<UnitId> unitIds,
            @Title(zh = "生效日期", en = "Effective from") LocalDate effectiveFrom)
            implements OrgRegistryEvent {}

    /** A unit entered a base. */
    @Title(zh = "单位列入名录", en = "Unit added to base")
    record UnitAddedToBase(
            @Title(zh = "名录", en = "Catalogue") CatalogueId catalogueId,
            @Title(zh = "机关", en = "Organ") OrganId organId,
            @Title(zh = "单位", en = "Unit") UnitId unitId,
            @Title(zh = "生效日期", en = "Effective from") LocalDate effectiveFrom)
            implements OrgRegistryEvent {}

    /** A unit left a base; the day is the first on which it is out. */
    @Title(zh = "单位移出名录", en = "Unit removed from base")
    record UnitRemovedFromBase(
            @Title(zh = "名录", en = "Catalogue") CatalogueId catalogueId,
            @Title(zh = "机关", en = "Organ") OrganId organId,
            @Title(zh = "单位", en = "Unit") UnitId unitId,
            @Title(zh = "失效日期", en = "Effective to") LocalDate effectiveTo,
            @Title(zh = "原因", en = "Reason") String reason)
            implements OrgRegistryEvent {}

    /** The counts of an area on a day. */
    @Title(zh = "记录辖区概况", en = "Area profile recorded")
    record AreaProfileRecorded(
            @Title(zh = "辖区", en = "Area") AreaId areaId,
            @Title(zh = "截止日期", en = "As of") LocalDate asOf,
            @Title(zh = "社区数", en = "Communities") int communities,
            @Title(zh = "居民小组数", en = "Resident groups") int residentGroups,
            @Title(zh = "户籍人口", en = "Population") int population,
            @Title(zh = "党组织", en = "Party bodies") PartyBodies partyBodies,

            @Title(zh = "党员数", en = "Party members") @Nullable
            Integer members)
            implements OrgRegistryEvent {}

    /** How many Party bodies of each kind an area has; none is negative. */
    record PartyBodies(
            @Title(zh = "党工委", en = "Committees") int committees,
            @Title(zh = "社区党委", en = "Community committees") int communityCommittees,
            @Title(zh = "党总支", en = "General branches") int generalBranches,
            @Title(zh = "党支部", en = "Branches") int branches) {}
}
