package cn.plumbline.command.facts;

import cn.plumbline.events.CatalogueId;
import cn.plumbline.events.CommitteeId;
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
import cn.plumbline.events.GroupId;
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
import cn.plumbline.events.OrganId;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.UnitId;
import cn.plumbline.events.VenueId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a history says, by the ids in the payloads. A history may be partial, and after a void an event may refer
 * to what is not there: then as much counts as can.
 *
 * <p>One instance lives within one fold and is changed by it.
 */
public final class Facts {

    private final Map<OrganId, Registration> organs = new HashMap<>();
    private final Map<OrganId, NamingRuleSet> namingRules = new HashMap<>();
    private final Map<UnitId, UnitFacts> units = new LinkedHashMap<>();
    private final Map<CatalogueId, BaseFacts> bases = new LinkedHashMap<>();
    private final Map<GroupId, GroupFacts> groups = new LinkedHashMap<>();
    private final Map<CommitteeId, List<Plaque>> plaques = new HashMap<>();
    private final Map<VenueId, VenueStatusChanged> venues = new HashMap<>();
    private final List<Term> terms = new ArrayList<>();

    /** An organ's registration and its position. */
    public record Registration(OrganRegistered event, long position) {}

    /** A time for which a committee carries a plaque, and the position of the event. */
    public record Plaque(Period period, long position) {}

    /** These facts and one more event; the same instance. */
    public Facts evolve(Recorded<? extends DomainEvent> recorded) {
        switch (recorded.event()) {
            case OrgRegistryEvent event -> registry(event, recorded.position());
            case DispatchEvent event -> dispatch(event, recorded.position());
            case CorrectionEvent applied -> {}
        }
        return this;
    }

    private void registry(OrgRegistryEvent event, long position) {
        switch (event) {
            case OrganRegistered e -> organs.put(e.organId(), new Registration(e, position));
            case UnitRegistered e -> unit(e.unitId()).register(e, position);
            case UnitRenamed e -> unit(e.unitId()).rename(e);
            case UnitMerged e -> unit(e.unitId()).cease(e.on());
            case UnitDissolved e -> unit(e.unitId()).cease(e.on());
            case CoverageBaseSet e -> bases.put(e.catalogueId(), new BaseFacts(e, position));
            case UnitAddedToBase e -> base(e.catalogueId()).ifPresent(base -> base.add(e.unitId(), e.effectiveFrom()));
            case UnitRemovedFromBase e ->
                base(e.catalogueId()).ifPresent(base -> base.remove(e.unitId(), e.effectiveTo()));
            case AreaProfileRecorded profile -> {}
        }
    }

    private void dispatch(DispatchEvent event, long position) {
        switch (event) {
            case NamingRuleSet e -> namingRules.put(e.organId(), e);
            case DispatchGroupEstablished e -> group(e.groupId()).establish(e, position);
            case DispatchGroupRevoked e -> group(e.groupId()).revoke(e);
            case UnitCoverageStarted e -> unit(e.unitId()).coverage().start(e, position);
            case UnitCoverageEnded e -> unit(e.unitId()).coverage().end(e);
            case UnitCoverageTransferred e -> unit(e.unitId()).coverage().transfer(e, position);
            case WorkCommitteePlaqueAttached e ->
                plaques.computeIfAbsent(e.committeeId(), c -> new ArrayList<>(1))
                        .add(new Plaque(new Period(e.effectiveFrom(), e.effectiveTo()), position));
            case GroupMemberAppointed e ->
                terms.add(
                        new Term(e.groupId(), e.personId(), e.title(), e.fullTime(), Period.from(e.from()), position));
            case GroupMemberReleased e -> release(e);
            case RotationAssigned e -> group(e.groupId()).assign(e);
            case RotationCompleted e -> group(e.groupId()).closeRotation(e.quarter(), false);
            case RotationReleased e -> group(e.groupId()).closeRotation(e.quarter(), true);
            case VenueStatusChanged e -> venues.put(e.venueId(), e);
            case PilotDesignated e -> group(e.groupId()).pilot(e.programme());
            case GroupAppraised e -> group(e.groupId()).appraise(e.year());
            case InternalOrganRecorded organ -> {}
            case HeadDutyRecorded duty -> {}
        }
    }

    private void release(GroupMemberReleased event) {
        terms.replaceAll(term ->
                term.isOf(event.groupId(), event.personId()) && term.period().canEndOn(event.to())
                        ? term.with(term.period().until(event.to()))
                        : term);
    }

    /** What is known of a unit; of one that no event names, nothing. */
    public UnitFacts unit(UnitId id) {
        return units.computeIfAbsent(id, UnitFacts::new);
    }

    /** Every unit that an event names. */
    public Collection<UnitFacts> units() {
        return Collections.unmodifiableCollection(units.values());
    }

    /** What is known of a group; of one that no event names, nothing. */
    public GroupFacts group(GroupId id) {
        return groups.computeIfAbsent(id, GroupFacts::new);
    }

    /** Every group that an event names. */
    public Collection<GroupFacts> groups() {
        return Collections.unmodifiableCollection(groups.values());
    }

    /** An organ's registration. */
    public Optional<Registration> organ(OrganId id) {
        return Optional.ofNullable(organs.get(id));
    }

    /** The naming rule of an organ. */
    public Optional<NamingRuleSet> namingRule(OrganId id) {
        return Optional.ofNullable(namingRules.get(id));
    }

    /** A base. */
    public Optional<BaseFacts> base(CatalogueId id) {
        return Optional.ofNullable(bases.get(id));
    }

    /** Every base. */
    public Collection<BaseFacts> bases() {
        return Collections.unmodifiableCollection(bases.values());
    }

    /** The plaques of a committee. */
    public List<Plaque> plaques(CommitteeId id) {
        return plaques.getOrDefault(id, List.of());
    }

    /** The last status of a venue. */
    public @Nullable VenueStatusChanged venue(VenueId id) {
        return venues.get(id);
    }

    /** Every place in a group that anybody holds or held. */
    public List<Term> terms() {
        return Collections.unmodifiableList(terms);
    }

    /** All coverage by a group. */
    public List<CoverageInterval> coverageBy(GroupId group) {
        return units.values().stream()
                .flatMap(unit -> unit.coverage().all().stream())
                .filter(interval -> interval.isBy(group))
                .toList();
    }
}
