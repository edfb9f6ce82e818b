package cn.plumbline.query.dispatch;

import cn.plumbline.query.BadParameter;
import cn.plumbline.query.Row;
import cn.plumbline.query.ViewRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of ordered rows; the cursor is the key of a page's last row, so that it survives restarts and changes.
 *
 * @param next the cursor of the page after, null on the last one
 */
record Page<R extends Row>(List<R> rows, @Nullable String next) {

    /** How many rows a page has when the request does not say. */
    private static final int LIMIT_DEFAULT = 1_000;

    /** The most rows of a page. */
    private static final int LIMIT_MAX = 2_000;

    /**
     * Cuts the page out.
     *
     * @param rows in the order of their keys
     * @throws BadParameter when the limit is out of range
     */
    static <R extends Row> Page<R> of(List<R> rows, ViewRequest request) {
        if (request.limit() < 0 || request.limit() > LIMIT_MAX) {
            throw new BadParameter("limit", "INVALID");
        }
        int limit = request.limit() == 0 ? LIMIT_DEFAULT : request.limit();
        String after = request.after();
        List<R> page = rows.stream()
                .filter(row -> after == null || row.key().compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        return page.size() <= limit
                ? new Page<>(page, null)
                : new Page<>(page.subList(0, limit), page.get(limit - 1).key());
    }
}
