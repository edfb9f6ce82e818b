package cn.plumbline.command.facts;

import cn.plumbline.command.Rules;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.OrgRegistryRejection.UnitInactive;
import cn.plumbline.events.OrgRegistryRejection.UnitNotFound;
import cn.plumbline.events.UnitId;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.LocalDate;
import java.util.Optional;

/** What must hold of a unit before anything is recorded of it. */
public final class UnitRules {

    private UnitRules() {}

    /** The unit is registered, and does not cease before the period ends; its registration when there is one. */
    @CanIgnoreReturnValue
    public static Optional<UnitRegistered> exists(Rules rules, Facts facts, UnitId id, Period period) {
        UnitFacts unit = facts.unit(id);
        if (unit.registered().isEmpty()) {
            rules.refuse(new UnitNotFound(id));
            return Optional.empty();
        }
        LocalDate ceasedOn = unit.ceasedOn();
        if (ceasedOn != null && unit.ceasesIn(period)) {
            rules.refuse(new UnitInactive(id, ceasedOn));
        }
        return unit.registered();
    }

    /** The unit is registered, and exists on the day. */
    @CanIgnoreReturnValue
    public static Optional<UnitRegistered> exists(Rules rules, Facts facts, UnitId id, LocalDate day) {
        return exists(rules, facts, id, new Period(day, day));
    }
}
