package cn.plumbline.query.dispatch;

import cn.plumbline.query.View;
import java.util.List;

/** The views of this package. */
public final class DispatchViews {

    private DispatchViews() {}

    /** One of each. */
    public static List<View> all() {
        return List.of(
                new CoverageMapView(),
                new BlindSpotsView(),
                new CoverageByKindView(),
                new GroupDirectoryView(),
                new OrganDirectoryView());
    }
}
