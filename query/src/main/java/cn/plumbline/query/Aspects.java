package cn.plumbline.query;

import cn.plumbline.events.CorrectionEvent;
import cn.plumbline.events.DispatchEvent;
import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.DispatchGroupRevoked;
import cn.plumbline.events.DispatchEvent.GroupAppraised;
import cn.plumbline.events.DispatchEvent.GroupMemberAppointed;
import cn.plumbline.events.DispatchEvent.GroupMemberReleased;
import cn.plumbline.events.DispatchEvent.HeadDutyRecorded;
import cn.plumbline.events.DispatchEvent.InternalOrganRecorded;
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
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.OrgRegistryEvent;
import cn.plumbline.events.OrgRegistryEvent.AreaProfileRecorded;
import cn.plumbline.events.OrgRegistryEvent.CoverageBaseSet;
import cn.plumbline.events.OrgRegistryEvent.OrganRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitAddedToBase;
import cn.plumbline.events.OrgRegistryEvent.UnitDissolved;
import cn.plumbline.events.OrgRegistryEvent.UnitMerged;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitRemovedFromBase;
import cn.plumbline.events.OrgRegistryEvent.UnitRenamed;

/**
 * What an event says something about, more closely than its tags: the coverage of one unit, the place of one person in
 * one group. Before and after in a history compare events about the same thing, so that a second unit in a group is not
 * told as a change of the first.
 */
final class Aspects {

    private Aspects() {}

    static String of(DomainEvent event) {
        return switch (event) {
            case OrgRegistryEvent registry -> of(registry);
            case DispatchEvent dispatch -> of(dispatch);
            case CorrectionEvent correction -> "event " + correction.targetPosition();
        };
    }

    private static String of(OrgRegistryEvent event) {
        return switch (event) {
            case OrganRegistered e -> "organ " + e.organId();
            case UnitRegistered e -> "unit " + e.unitId();
            case UnitRenamed e -> "unit " + e.unitId();
            case UnitMerged e -> "unit " + e.unitId();
            case UnitDissolved e -> "unit " + e.unitId();
            case CoverageBaseSet e -> "base " + e.catalogueId();
            case UnitAddedToBase e -> "base " + e.catalogueId() + " unit " + e.unitId();
            case UnitRemovedFromBase e -> "base " + e.catalogueId() + " unit " + e.unitId();
            case AreaProfileRecorded e -> "area " + e.areaId();
        };
    }

    private static String of(DispatchEvent event) {
        return switch (event) {
            case NamingRuleSet e -> "naming of organ " + e.organId();
            case DispatchGroupEstablished e -> "group " + e.groupId();
            case DispatchGroupRevoked e -> "group " + e.groupId();
            case UnitCoverageStarted e -> "coverage of unit " + e.unitId();
            case UnitCoverageEnded e -> "coverage of unit " + e.unitId();
            case UnitCoverageTransferred e -> "coverage of unit " + e.unitId();
            case WorkCommitteePlaqueAttached e -> "plaque of committee " + e.committeeId();
            case InternalOrganRecorded e -> "internal organ of unit " + e.unitId();
            case GroupMemberAppointed e -> "person " + e.personId() + " in group " + e.groupId();
            case GroupMemberReleased e -> "person " + e.personId() + " in group " + e.groupId();
            case HeadDutyRecorded e -> "duty of person " + e.personId() + " in unit " + e.unitId();
            case RotationAssigned e -> "rotation of group " + e.groupId() + " in " + e.quarter();
            case RotationCompleted e -> "rotation of group " + e.groupId() + " in " + e.quarter();
            case RotationReleased e -> "rotation of group " + e.groupId() + " in " + e.quarter();
            case VenueStatusChanged e -> "venue " + e.venueId();
            case PilotDesignated e -> "pilot of group " + e.groupId() + " in " + e.programme();
            case GroupAppraised e -> "appraisal of group " + e.groupId() + " in " + e.year();
        };
    }
}
