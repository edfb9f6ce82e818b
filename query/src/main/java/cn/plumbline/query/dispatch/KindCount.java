package cn.plumbline.query.dispatch;

import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.Title;
import cn.plumbline.query.Row;
import cn.plumbline.query.dispatch.UnitFile.Coverage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many units are covered in one way.
 *
 * @param groups the groups or committees that cover them; 0 for earlier arrangements and internal organs
 * @param averageUnits units per group with two decimals, null without groups
 */
public record KindCount(
        @Title(zh = "覆盖形式", en = "Kind of coverage") CoverageKind kind,
        @Title(zh = "机构数", en = "Groups") int groups,
        @Title(zh = "单位数", en = "Units") int units,

        @Title(zh = "平均每个机构单位数", en = "Units per group") @Nullable
        BigDecimal averageUnits)
        implements Row {

    @Override
    public String key() {
        return kind.name();
    }

    /** The kinds that occur, in the order of their declaration. */
    static List<KindCount> of(Collection<Coverage> covered) {
        Map<CoverageKind, Integer> units = new EnumMap<>(CoverageKind.class);
        Map<CoverageKind, Set<String>> groups = new EnumMap<>(CoverageKind.class);
        for (Coverage coverage : covered) {
            units.merge(coverage.kind(), 1, Integer::sum);
            Set<String> ofKind = groups.computeIfAbsent(coverage.kind(), kind -> new HashSet<>());
            String by = coverage.group() == null ? coverage.committee() : coverage.group();
            if (by != null) {
                ofKind.add(by);
            }
        }
        List<KindCount> counts = new ArrayList<>();
        units.forEach((kind, count) -> {
            int by = groups.getOrDefault(kind, Set.of()).size();
            counts.add(new KindCount(kind, by, count, Figures.ratio(count, by)));
        });
        return counts;
    }
}
