package cn.plumbline.query;

import cn.plumbline.query.View.Answer;
import cn.plumbline.query.dispatch.DispatchViews;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** Asks views over documents that were folded in memory. */
public final class Asking {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Asking() {}

    /** The view of a name. */
    public static View view(String name) {
        return DispatchViews.all().stream()
                .filter(view -> view.definition().name().equals(name))
                .findFirst()
                .orElseGet(() -> Assertions.fail("no view " + name));
    }

    /** A view's answer about all that was recorded. */
    public static Answer ask(String view, Facts facts, LocalDate asOf, Map<String, String> filters) {
        return ask(view, facts, ViewRequest.of(asOf, filters));
    }

    /** The same with a page. */
    public static Answer ask(String view, Facts facts, ViewRequest request) {
        return view(view).answer(new MemoryDocuments(facts.all()), request).block(LIMIT);
    }

    /** The body of an answer about one organ. */
    public static <T extends Record> T body(
            Class<T> type, String view, Facts facts, LocalDate asOf, Map<String, String> filters) {
        return type.cast(ask(view, facts, asOf, filters).body());
    }
}
