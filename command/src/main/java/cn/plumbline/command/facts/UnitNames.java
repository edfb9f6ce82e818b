package cn.plumbline.command.facts;

import cn.plumbline.command.CriteriaItem;
import cn.plumbline.events.Level;
import cn.plumbline.events.NameTags;
import cn.plumbline.events.OrgRegistryRejection.UnitNameDuplicate;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names of units are unique among those of one level and parent that exist; compared in NFKC, trimmed. */
public final class UnitNames {

    private UnitNames() {}

    /** Whether those who have the name still exist: asked when they are known. */
    public static List<CriteriaItem> boundary(
            Facts facts, UnitId self, @Nullable Level level, @Nullable UnitId parent, String name) {
        return holders(facts, self, level, parent, name)
                .map(unit -> Boundaries.unitEnd(unit.id()))
                .toList();
    }

    /** The rejection when another unit that exists on the day has the name. */
    public static Optional<UnitNameDuplicate> taken(
            Facts facts, UnitId self, @Nullable Level level, @Nullable UnitId parent, String name, LocalDate day) {
        return holders(facts, self, level, parent, name)
                .filter(unit -> !unit.hasCeased(day))
                .findFirst()
                .map(unit -> new UnitNameDuplicate(name, unit.id()));
    }

    private static Stream<UnitFacts> holders(
            Facts facts, UnitId self, @Nullable Level level, @Nullable UnitId parent, String name) {
        String comparable = NameTags.comparable(name);
        return facts.units().stream()
                .filter(unit ->
                        unit.isNamed(comparable, level, parent) && !unit.id().equals(self));
    }
}
