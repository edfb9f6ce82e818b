package cn.plumbline.query.dispatch;

import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.CoverageRole;
import cn.plumbline.events.Title;
import cn.plumbline.events.UnitCategory;
import cn.plumbline.query.Documents;
import cn.plumbline.query.Projection;
import cn.plumbline.query.Row;
import cn.plumbline.query.View;
import cn.plumbline.query.ViewDefinition;
import cn.plumbline.query.ViewParameter;
import cn.plumbline.query.ViewRequest;
import cn.plumbline.query.dispatch.UnitFile.Coverage;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Which units of an organ's base are covered, by whom, and which are not (派驻覆盖图). */
public final class CoverageMapView implements View {

    static final ViewParameter ORGAN = new ViewParameter("organ", true, "派出机关", "Organ");
    private static final ViewParameter COMPARED_TO = new ViewParameter("comparedTo", false, "对比日期", "Compared to");

    /**
     * The map.
     *
     * @param total units in the base; 0 when no base is in force
     * @param rate per cent covered, null when no base is in force
     * @param units the covered units
     * @param blindSpots the others
     * @param newlyCovered covered on this day and not on the one compared to
     * @param movedFromLegacy covered by an earlier arrangement on the day compared to, and in another way on this day
     * @param lapsed covered on the day compared to, and on this day in the base without being covered
     * @param changePoints the days on which the map may change
     */
    public record CoverageMap(
            int total,
            int covered,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            BigDecimal rate,

            List<KindCount> byKind,
            List<CoveredUnit> units,
            List<BlindSpot> blindSpots,
            @Nullable LocalDate comparedTo,
            @Nullable List<UnitName> newlyCovered,
            @Nullable List<UnitName> movedFromLegacy,
            @Nullable List<UnitName> lapsed,
            List<LocalDate> changePoints) {}

    /** A covered unit: by the group, or under the committee's plaque, or in the named internal organ. */
    public record CoveredUnit(
            String unitId,
            String name,
            @Nullable UnitCategory category,
            @Nullable String groupId,
            @Nullable String committeeId,
            @Nullable String groupName,
            CoverageKind kind,
            @Nullable CoverageRole role,
            LocalDate from) {}

    /** A unit without coverage. */
    public record BlindSpot(
            @Title(zh = "单位编号", en = "Unit id") String unitId,
            @Title(zh = "单位名称", en = "Unit") String name,
            @Title(zh = "单位类别", en = "Category") @Nullable UnitCategory category,
            @Title(zh = "空白起始日期", en = "Blind spot since") LocalDate since)
            implements Row {

        @Override
        public String key() {
            return unitId;
        }
    }

    /** A unit in a comparison. */
    public record UnitName(
            String unitId, String name, @Nullable UnitCategory category) {}

    /** The figures of the map. */
    public record CoverageTotals(
            int total,
            int covered,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            BigDecimal rate,

            List<KindCount> byKind) {}

    /** One unit of the base: with the columns of a covered unit, or with {@code since} of a blind spot. */
    public record MapRow(
            @Title(zh = "单位编号", en = "Unit id") String unitId,
            @Title(zh = "单位名称", en = "Unit") String name,
            @Title(zh = "单位类别", en = "Category") @Nullable UnitCategory category,
            @Title(zh = "是否覆盖", en = "Covered") boolean covered,

            @Title(zh = "覆盖形式", en = "Kind of coverage") @Nullable
            CoverageKind kind,

            @Title(zh = "机构编号", en = "Group id") @Nullable String groupId,

            @Title(zh = "纪工委编号", en = "Committee id") @Nullable
            String committeeId,

            @Title(zh = "机构名称", en = "Group") @Nullable String groupName,
            @Title(zh = "覆盖方式", en = "Role") @Nullable CoverageRole role,

            @Title(zh = "覆盖起始日期", en = "Covered from") @Nullable
            LocalDate from,

            @Title(zh = "空白起始日期", en = "Blind spot since") @Nullable
            LocalDate since)
            implements Row {

        @Override
        public String key() {
            return unitId;
        }
    }

    CoverageMapView() {}

    @Override
    public ViewDefinition definition() {
        return new ViewDefinition(
                "coverage-map",
                projection().version(),
                "派驻覆盖图",
                "Coverage map",
                List.of(ORGAN, COMPARED_TO),
                CoverageMap.class,
                MapRow.class,
                true,
                true,
                false);
    }

    @Override
    public Projection projection() {
        return Coverages.PROJECTION;
    }

    @Override
    public Mono<Answer> answer(Documents documents, ViewRequest request) {
        String compared = request.filter(COMPARED_TO.name());
        LocalDate comparedTo = compared == null ? null : Coverages.day(COMPARED_TO.name(), compared);
        return Coverages.load(documents, organ(request))
                .map(coverages -> answer(coverages, request.asOf(), comparedTo));
    }

    static String organ(ViewRequest request) {
        return Objects.requireNonNull(request.filter(ORGAN.name()), "checked before");
    }

    /** Pure: the map from the documents. */
    static Answer answer(Coverages coverages, LocalDate day, @Nullable LocalDate comparedTo) {
        List<String> base = coverages.base(day);
        List<Coverage> kinds = new ArrayList<>();
        List<CoveredUnit> covered = new ArrayList<>();
        List<BlindSpot> blind = new ArrayList<>();
        List<MapRow> rows = new ArrayList<>(base.size());
        for (String unit : base) {
            Coverage coverage = coverages.on(unit, day);
            if (coverage == null) {
                blind.add(blindSpot(coverages, unit, day));
                rows.add(row(blind.getLast()));
            } else {
                kinds.add(coverage);
                covered.add(covered(coverages, unit, coverage, day));
                rows.add(row(covered.getLast()));
            }
        }
        List<KindCount> byKind = KindCount.of(kinds);
        BigDecimal rate = Figures.percent(covered.size(), base.size());
        CoverageMap map = new CoverageMap(
                base.size(),
                covered.size(),
                rate,
                byKind,
                covered,
                blind,
                comparedTo,
                compare(coverages, base, comparedTo, unit -> isNew(coverages, unit, day, comparedTo), day),
                compare(coverages, base, comparedTo, unit -> hasMoved(coverages, unit, day, comparedTo), day),
                compare(coverages, base, comparedTo, unit -> hasLapsed(coverages, unit, day, comparedTo), day),
                coverages.changePoints());
        return new Answer(map, new CoverageTotals(base.size(), covered.size(), rate, byKind), rows, null);
    }

    private static @Nullable List<UnitName> compare(
            Coverages coverages,
            List<String> base,
            @Nullable LocalDate comparedTo,
            Predicate<String> condition,
            LocalDate day) {
        return comparedTo == null
                ? null
                : base.stream()
                        .filter(condition)
                        .map(unit -> new UnitName(unit, coverages.name(unit, day), category(coverages, unit)))
                        .toList();
    }

    private static boolean isNew(Coverages coverages, String unit, LocalDate day, @Nullable LocalDate then) {
        return coverages.on(unit, day) != null && inMap(coverages, unit, then) == null;
    }

    private static boolean hasMoved(Coverages coverages, String unit, LocalDate day, @Nullable LocalDate then) {
        Coverage now = coverages.on(unit, day);
        Coverage before = inMap(coverages, unit, then);
        return now != null
                && now.kind() != CoverageKind.LEGACY
                && before != null
                && before.kind() == CoverageKind.LEGACY;
    }

    private static boolean hasLapsed(Coverages coverages, String unit, LocalDate day, @Nullable LocalDate then) {
        return coverages.on(unit, day) == null && inMap(coverages, unit, then) != null;
    }

    /** The coverage that counted in the map of a day, null when the unit was blind or not in the base. */
    private static @Nullable Coverage inMap(Coverages coverages, String unit, @Nullable LocalDate day) {
        return day == null || coverages.bases().entry(unit, day) == null ? null : coverages.on(unit, day);
    }

    private static CoveredUnit covered(Coverages coverages, String unit, Coverage coverage, LocalDate day) {
        return new CoveredUnit(
                unit,
                coverages.name(unit, day),
                category(coverages, unit),
                coverage.group(),
                coverage.committee(),
                coverages.coveredBy(unit, coverage, day),
                coverage.kind(),
                coverage.role(),
                coverage.from());
    }

    static BlindSpot blindSpot(Coverages coverages, String unit, LocalDate day) {
        return new BlindSpot(
                unit, coverages.name(unit, day), category(coverages, unit), coverages.blindSince(unit, day));
    }

    static @Nullable UnitCategory category(Coverages coverages, String unit) {
        UnitFile file = coverages.units().get(unit);
        return file == null ? null : file.category();
    }

    private static MapRow row(CoveredUnit unit) {
        return new MapRow(
                unit.unitId,
                unit.name,
                unit.category,
                true,
                unit.kind,
                unit.groupId,
                unit.committeeId,
                unit.groupName,
                unit.role,
                unit.from,
                null);
    }

    private static MapRow row(BlindSpot unit) {
        return new MapRow(unit.unitId, unit.name, unit.category, false, null, null, null, null, null, null, unit.since);
    }
}
