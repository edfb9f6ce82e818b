package cn.plumbline.command.facts;

import cn.plumbline.events.Level;
import cn.plumbline.events.NameTags;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitRenamed;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One unit: its registration, its name, whether it has ceased, its coverage. */
public final class UnitFacts {

    private final UnitId id;
    private final CoverageIntervals coverage = new CoverageIntervals();

    private @Nullable UnitRegistered registered;
    private long registeredAt;
    private @Nullable String name;
    private @Nullable String comparableName;
    private @Nullable Level level;
    private @Nullable UnitId parent;
    private @Nullable LocalDate renamedOn;
    private @Nullable LocalDate ceasedOn;

    UnitFacts(UnitId id) {
        this.id = id;
    }

    void register(UnitRegistered event, long position) {
        registered = event;
        registeredAt = position;
        name = event.name();
        comparableName = NameTags.comparable(event.name());
        level = event.level();
        parent = event.parentUnitId();
    }

    void rename(UnitRenamed event) {
        name = event.name();
        comparableName = NameTags.comparable(event.name());
        level = event.level();
        parent = event.parentUnitId();
        renamedOn = event.on();
    }

    void cease(LocalDate on) {
        if (ceasedOn == null || on.isBefore(ceasedOn)) {
            ceasedOn = on;
        }
    }

    /** Its id. */
    public UnitId id() {
        return id;
    }

    /** Its registration, where it is known. */
    public Optional<UnitRegistered> registered() {
        return Optional.ofNullable(registered);
    }

    /** The position of its registration; 0 when there is none. */
    public long registeredAt() {
        return registeredAt;
    }

    /** Its coverage. */
    public CoverageIntervals coverage() {
        return coverage;
    }

    /** The name it was given last. */
    public @Nullable String name() {
        return name;
    }

    /** The day of its last change of name, where there was one. */
    public @Nullable LocalDate renamedOn() {
        return renamedOn;
    }

    /** The first day on which it is no more, where it has been merged or dissolved. */
    public @Nullable LocalDate ceasedOn() {
        return ceasedOn;
    }

    /** Whether it exists no more on the day. */
    public boolean hasCeased(LocalDate day) {
        return ceasedOn != null && !day.isBefore(ceasedOn);
    }

    /** Whether it ceases before the period ends. */
    public boolean ceasesIn(Period period) {
        return ceasedOn != null && (hasCeased(period.from()) || period.endsAfter(ceasedOn));
    }

    /** Whether it has the name, given in the form in which names are compared, in the scope of this level and parent. */
    boolean isNamed(String comparable, @Nullable Level otherLevel, @Nullable UnitId otherParent) {
        return level == otherLevel && Objects.equals(parent, otherParent) && comparable.equals(comparableName);
    }
}
