package cn.plumbline.command.facts;

import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.Level;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.OrgRegistryRejection.LevelMismatch;
import cn.plumbline.events.UnitCategory;
import java.util.Optional;

/** Which units an organ of a level may cover or have in its base. */
public final class Levels {

    private Levels() {}

    /**
     * An organ covers units of its own level; streets and townships, through their own groups and offices, also one
     * level below. Central units stand under no local organ.
     */
    public static Optional<LevelMismatch> coverage(Level organ, UnitRegistered unit, CoverageKind kind) {
        boolean oneBelow = kind == CoverageKind.STREET
                || kind == CoverageKind.OFFICE
                || (!kind.byGroup() && unit.category() == UnitCategory.TOWN_STREET);
        return unit.category() == UnitCategory.CENTRAL_RESIDENT
                ? Optional.of(mismatch(organ, unit))
                : fits(organ, unit, oneBelow);
    }

    /** A base holds whom the organ may cover, and central units of any level. */
    public static Optional<LevelMismatch> base(Level organ, UnitRegistered unit) {
        return unit.category() == UnitCategory.CENTRAL_RESIDENT
                ? Optional.empty()
                : fits(organ, unit, unit.category() == UnitCategory.TOWN_STREET);
    }

    private static Optional<LevelMismatch> fits(Level organ, UnitRegistered unit, boolean oneBelow) {
        boolean fits = unit.level() == organ || (oneBelow && unit.level().isOneBelow(organ));
        return fits ? Optional.empty() : Optional.of(mismatch(organ, unit));
    }

    private static LevelMismatch mismatch(Level organ, UnitRegistered unit) {
        return new LevelMismatch(unit.unitId(), unit.level(), unit.category(), organ);
    }
}
