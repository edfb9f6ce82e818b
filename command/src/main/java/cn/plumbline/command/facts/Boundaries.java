package cn.plumbline.command.facts;

import cn.plumbline.command.CriteriaItem;
import cn.plumbline.events.CatalogueId;
import cn.plumbline.events.CommitteeId;
import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.DispatchGroupRevoked;
import cn.plumbline.events.DispatchEvent.GroupAppraised;
import cn.plumbline.events.DispatchEvent.GroupMemberAppointed;
import cn.plumbline.events.DispatchEvent.GroupMemberReleased;
import cn.plumbline.events.DispatchEvent.NamingRuleSet;
import cn.plumbline.events.DispatchEvent.PilotDesignated;
import cn.plumbline.events.DispatchEvent.RotationAssigned;
import cn.plumbline.events.DispatchEvent.RotationCompleted;
import cn.plumbline.events.DispatchEvent.RotationReleased;
import cn.plumbline.events.DispatchEvent.UnitCoverageEnded;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.DispatchEvent.UnitCoverageTransferred;
import cn.plumbline.events.DispatchEvent.VenueStatusChanged;
import cn.plumbline.events.DispatchEvent.WorkCommitteePlaqueAttached;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.Level;
import cn.plumbline.events.NameTags;
import cn.plumbline.events.OrgRegistryEvent.CoverageBaseSet;
import cn.plumbline.events.OrgRegistryEvent.OrganRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitAddedToBase;
import cn.plumbline.events.OrgRegistryEvent.UnitDissolved;
import cn.plumbline.events.OrgRegistryEvent.UnitMerged;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitRemovedFromBase;
import cn.plumbline.events.OrgRegistryEvent.UnitRenamed;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.PersonId;
import cn.plumbline.events.UnitId;
import cn.plumbline.events.VenueId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parts of which decisions make their boundaries. Decisions that depend on the same thing name the same item, so
 * that those that could collide are seen to.
 */
public final class Boundaries {

    private Boundaries() {}

    /** An organ and its naming rule. */
    public static CriteriaItem organ(OrganId id) {
        return CriteriaItem.of(id.tag(), OrganRegistered.class, NamingRuleSet.class);
    }

    /** The bases of an organ: a base holds until the next one begins. */
    public static CriteriaItem bases(OrganId id) {
        return CriteriaItem.of(id.tag(), CoverageBaseSet.class);
    }

    /** A base and its members. */
    public static CriteriaItem base(CatalogueId id) {
        return CriteriaItem.of(id.tag(), CoverageBaseSet.class, UnitAddedToBase.class, UnitRemovedFromBase.class);
    }

    /** Whether a base of this id exists. */
    public static CriteriaItem baseId(CatalogueId id) {
        return CriteriaItem.of(id.tag(), CoverageBaseSet.class);
    }

    /** Whether a unit exists still. */
    public static CriteriaItem unitLife(UnitId id) {
        return CriteriaItem.of(id.tag(), UnitRegistered.class, UnitMerged.class, UnitDissolved.class);
    }

    /** The end of a unit. */
    public static CriteriaItem unitEnd(UnitId id) {
        return CriteriaItem.of(id.tag(), UnitMerged.class, UnitDissolved.class);
    }

    /** A unit, its coverage and its places in bases. */
    public static CriteriaItem unit(UnitId id) {
        return CriteriaItem.of(
                id.tag(),
                UnitRegistered.class,
                UnitRenamed.class,
                UnitMerged.class,
                UnitDissolved.class,
                CoverageBaseSet.class,
                UnitAddedToBase.class,
                UnitRemovedFromBase.class,
                UnitCoverageStarted.class,
                UnitCoverageEnded.class,
                UnitCoverageTransferred.class);
    }

    /** Who has or had a name among units of a level and parent. */
    public static CriteriaItem unitName(Level level, @Nullable UnitId parent, String name) {
        return CriteriaItem.of(NameTags.unitName(level, parent, name), UnitRegistered.class, UnitRenamed.class);
    }

    /** A group's beginning and end. */
    public static CriteriaItem group(GroupId id) {
        return CriteriaItem.of(id.tag(), DispatchGroupEstablished.class, DispatchGroupRevoked.class);
    }

    /** Who has or had a name among an organ's groups. */
    public static CriteriaItem groupName(OrganId organ, String name) {
        return CriteriaItem.of(
                NameTags.groupName(organ, name), DispatchGroupEstablished.class, DispatchGroupRevoked.class);
    }

    /** The coverage by a group. */
    public static CriteriaItem coverage(GroupId id) {
        return CriteriaItem.of(
                id.tag(), UnitCoverageStarted.class, UnitCoverageEnded.class, UnitCoverageTransferred.class);
    }

    /** The people of a group. */
    public static CriteriaItem members(GroupId id) {
        return CriteriaItem.of(id.tag(), GroupMemberAppointed.class, GroupMemberReleased.class);
    }

    /** The places of a person in groups. */
    public static CriteriaItem terms(PersonId id) {
        return CriteriaItem.of(id.tag(), GroupMemberAppointed.class, GroupMemberReleased.class);
    }

    /** The places of a person in a group. */
    public static CriteriaItem deputy(GroupId group, PersonId person) {
        return new CriteriaItem(
                Set.copyOf(EventCatalogue.types(GroupMemberAppointed.class, GroupMemberReleased.class)),
                Set.of(group.tag(), person.tag()));
    }

    /** The rotations of a group. */
    public static CriteriaItem rotations(GroupId id) {
        return CriteriaItem.of(id.tag(), RotationAssigned.class, RotationCompleted.class, RotationReleased.class);
    }

    /** One quarter of a group. */
    public static CriteriaItem rotation(GroupId id, String quarter) {
        return CriteriaItem.of(
                NameTags.rotation(id, quarter),
                RotationAssigned.class,
                RotationCompleted.class,
                RotationReleased.class);
    }

    /** A venue. */
    public static CriteriaItem venue(VenueId id) {
        return CriteriaItem.of(id.tag(), VenueStatusChanged.class);
    }

    /** The pilots of a group. */
    public static CriteriaItem pilots(GroupId id) {
        return CriteriaItem.of(id.tag(), PilotDesignated.class);
    }

    /** The appraisals of a group. */
    public static CriteriaItem appraisals(GroupId id) {
        return CriteriaItem.of(id.tag(), GroupAppraised.class);
    }

    /** The plaques of a committee. */
    public static CriteriaItem plaques(CommitteeId id) {
        return CriteriaItem.of(id.tag(), WorkCommitteePlaqueAttached.class);
    }
}
