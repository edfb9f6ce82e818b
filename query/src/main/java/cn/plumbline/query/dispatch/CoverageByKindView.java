package cn.plumbline.query.dispatch;

import cn.plumbline.query.Documents;
import cn.plumbline.query.Projection;
import cn.plumbline.query.View;
import cn.plumbline.query.ViewDefinition;
import cn.plumbline.query.ViewRequest;
import cn.plumbline.query.dispatch.CoverageMapView.CoverageTotals;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** In which ways the units of an organ's base are covered, and by how many groups. */
public final class CoverageByKindView implements View {

    /**
     * The figures.
     *
     * @param total units in the base
     * @param rate per cent covered, null when no base is in force
     */
    public record CoverageByKind(
            int total,
            int covered,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            BigDecimal rate,

            List<KindCount> byKind) {}

    CoverageByKindView() {}

    @Override
    public ViewDefinition definition() {
        return new ViewDefinition(
                "coverage-by-kind",
                projection().version(),
                "派驻形式统计",
                "Coverage by kind",
                List.of(CoverageMapView.ORGAN),
                CoverageByKind.class,
                KindCount.class,
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
        return Coverages.load(documents, CoverageMapView.organ(request)).map(coverages -> {
            Answer map = CoverageMapView.answer(coverages, request.asOf(), null);
            CoverageTotals totals = (CoverageTotals) map.totals();
            CoverageByKind body = new CoverageByKind(totals.total(), totals.covered(), totals.rate(), totals.byKind());
            return new Answer(body, totals, totals.byKind(), null);
        });
    }
}
