package cn.plumbline.command.facts;

import cn.plumbline.events.CoverageRole;
import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.DispatchGroupRevoked;
import cn.plumbline.events.DispatchEvent.RotationAssigned;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.GroupKind;
import cn.plumbline.events.NameTags;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.PersonId;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One dispatch group: its foundation, its end, its rotations, pilots and appraisals. */
public final class GroupFacts {

    private final GroupId id;
    private final Map<String, Rotation> rotations = new LinkedHashMap<>();
    private final Set<String> pilots = new HashSet<>();
    private final Set<Integer> appraised = new HashSet<>();

    private @Nullable DispatchGroupEstablished established;
    private @Nullable String comparableName;
    private long establishedAt;
    private @Nullable LocalDate revokedOn;

    /** A quarter of the group, and how far it has come. */
    public record Rotation(String quarter, PersonId deputyId, boolean open) {}

    GroupFacts(GroupId id) {
        this.id = id;
    }

    void establish(DispatchGroupEstablished event, long position) {
        established = event;
        comparableName = NameTags.comparable(event.name());
        establishedAt = position;
    }

    void revoke(DispatchGroupRevoked event) {
        revokedOn = event.effectiveTo();
    }

    void assign(RotationAssigned event) {
        rotations.put(event.quarter(), new Rotation(event.quarter(), event.deputyId(), true));
    }

    void closeRotation(String quarter, boolean free) {
        Rotation rotation = rotations.get(quarter);
        if (free) {
            rotations.remove(quarter);
        } else if (rotation != null) {
            rotations.put(quarter, new Rotation(quarter, rotation.deputyId(), false));
        }
    }

    void pilot(String programme) {
        pilots.add(programme);
    }

    void appraise(int year) {
        appraised.add(year);
    }

    /** Its id. */
    public GroupId id() {
        return id;
    }

    /** How it came into being, where that is known. */
    public Optional<DispatchGroupEstablished> established() {
        return Optional.ofNullable(established);
    }

    /** Whether it is a group of the organ that has the name, given in the form in which names are compared. */
    boolean isNamed(OrganId organ, String comparable) {
        return established != null && established.organId().equals(organ) && comparable.equals(comparableName);
    }

    /** The position of its foundation; 0 when there is none. */
    public long establishedAt() {
        return establishedAt;
    }

    /** The first day on which it is revoked, where it is. */
    public @Nullable LocalDate revokedOn() {
        return revokedOn;
    }

    /** The days on which it is active; none when it was not established. */
    public Optional<Period> active() {
        return established().map(event -> {
            LocalDate end = event.effectiveTo();
            boolean revokedFirst = revokedOn != null && (end == null || revokedOn.isBefore(end));
            return new Period(event.effectiveFrom(), revokedFirst ? revokedOn : end);
        });
    }

    /** Its rotations by quarter. */
    public Map<String, Rotation> rotations() {
        return Collections.unmodifiableMap(rotations);
    }

    /** Whether it takes part in the programme. */
    public boolean pilots(String programme) {
        return pilots.contains(programme);
    }

    /** Whether it has been appraised for the year. */
    public boolean isAppraised(int year) {
        return appraised.contains(year);
    }

    /** The role of a unit in a group of this kind and residence. */
    public static CoverageRole role(GroupKind kind, @Nullable UnitId resident, UnitId unit) {
        if (kind == GroupKind.STANDALONE || unit.equals(resident)) {
            return CoverageRole.RESIDENT;
        }
        return kind == GroupKind.JOINT ? CoverageRole.AREA_LIAISON : CoverageRole.GROUPED;
    }
}
