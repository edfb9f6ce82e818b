package cn.plumbline.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A question that a projection answers. */
public interface View {

    /** Name, parameters and form of the view. */
    ViewDefinition definition();

    /** The projection whose documents answer it. */
    Projection projection();

    /**
     * Answers for the day and the filters of the request; its {@code knownAt} has been dealt with by the choice of the
     * documents.
     */
    Mono<Answer> answer(Documents documents, ViewRequest request);

    /**
     * What a view says.
     *
     * @param body the whole answer, a record
     * @param totals the part of it that is not rows, sent with every update of a stream
     * @param rows the table, for CSV, paging and streams
     * @param next the {@code after} of the next page, null on the last one
     */
    record Answer(
            Record body,
            Record totals,
            List<? extends Row> rows,
            @Nullable String next) {}
}
