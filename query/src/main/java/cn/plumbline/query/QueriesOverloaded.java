package cn.plumbline.query;

/** Too many questions wait already; the caller may ask again later. */
public final class QueriesOverloaded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    QueriesOverloaded(String projection) {
        super("too many queries wait for " + projection, null, false, false);
    }
}
