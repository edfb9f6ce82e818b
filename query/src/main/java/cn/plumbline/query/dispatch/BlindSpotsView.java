package cn.plumbline.query.dispatch;

import cn.plumbline.events.UnitCategory;
import cn.plumbline.query.BadParameter;
import cn.plumbline.query.Documents;
import cn.plumbline.query.Projection;
import cn.plumbline.query.View;
import cn.plumbline.query.ViewDefinition;
import cn.plumbline.query.ViewParameter;
import cn.plumbline.query.ViewRequest;
import cn.plumbline.query.dispatch.CoverageMapView.BlindSpot;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The units of an organ's base that nobody covers, and since when (监督盲区). */
public final class BlindSpotsView implements View {

    private static final ViewParameter CATEGORY = new ViewParameter("category", false, "单位类别", "Category of units");

    /**
     * The blind spots.
     *
     * @param total units in the base
     * @param blind how many of them are not covered, of all categories
     * @param byCategory the same by category
     * @param blindSpots one page of them
     * @param firstCovered the covered units that were once blind spots of the base, with the day of their first coverage
     */
    public record BlindSpots(
            int total,
            int blind,
            List<CategoryCount> byCategory,
            List<BlindSpot> blindSpots,
            List<FirstCovered> firstCovered) {}

    /** How many blind spots are of a category. */
    public record CategoryCount(UnitCategory category, int units) {}

    /** A unit that had to wait for its first coverage. */
    public record FirstCovered(
            String unitId, String name, @Nullable UnitCategory category, LocalDate on) {}

    /** The figures without the units. */
    public record BlindTotals(int total, int blind, List<CategoryCount> byCategory) {}

    BlindSpotsView() {}

    @Override
    public ViewDefinition definition() {
        return new ViewDefinition(
                "blind-spots",
                projection().version(),
                "监督盲区",
                "Blind spots",
                List.of(CoverageMapView.ORGAN, CATEGORY),
                BlindSpots.class,
                BlindSpot.class,
                true,
                true,
                true);
    }

    @Override
    public Projection projection() {
        return Coverages.PROJECTION;
    }

    @Override
    public Mono<Answer> answer(Documents documents, ViewRequest request) {
        UnitCategory category = category(request.filter(CATEGORY.name()));
        return Coverages.load(documents, CoverageMapView.organ(request))
                .map(coverages -> answer(coverages, request, category));
    }

    private static @Nullable UnitCategory category(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        return Arrays.stream(UnitCategory.values())
                .filter(category -> category.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadParameter(CATEGORY.name(), "INVALID"));
    }

    private static Answer answer(Coverages coverages, ViewRequest request, @Nullable UnitCategory category) {
        LocalDate day = request.asOf();
        List<String> base = coverages.base(day);
        List<BlindSpot> blind = new ArrayList<>();
        List<FirstCovered> first = new ArrayList<>();
        for (String unit : base) {
            if (coverages.on(unit, day) == null) {
                blind.add(CoverageMapView.blindSpot(coverages, unit, day));
            } else {
                addIfOnceBlind(first, coverages, unit, day);
            }
        }
        List<CategoryCount> byCategory = byCategory(blind);
        Page<BlindSpot> page = Page.of(
                blind.stream()
                        .filter(spot -> category == null || spot.category() == category)
                        .toList(),
                request);
        return new Answer(
                new BlindSpots(base.size(), blind.size(), byCategory, page.rows(), first),
                new BlindTotals(base.size(), blind.size(), byCategory),
                page.rows(),
                page.next());
    }

    private static void addIfOnceBlind(List<FirstCovered> first, Coverages coverages, String unit, LocalDate day) {
        LocalDate entry = coverages.bases().entry(unit, day);
        LocalDate on = coverages.firstCovered(unit, day);
        if (entry != null && on != null && on.isAfter(entry)) {
            first.add(new FirstCovered(unit, coverages.name(unit, day), CoverageMapView.category(coverages, unit), on));
        }
    }

    private static List<CategoryCount> byCategory(List<BlindSpot> blind) {
        Map<UnitCategory, Integer> counts = new EnumMap<>(UnitCategory.class);
        for (BlindSpot spot : blind) {
            counts.merge(spot.category() == null ? UnitCategory.OTHER : spot.category(), 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .map(entry -> new CategoryCount(entry.getKey(), entry.getValue()))
                .toList();
    }
}
