package cn.plumbline.query;

/** A process with another version of a projection has taken its documents over; this one cannot answer any more. */
public final class ViewReplaced extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ViewReplaced(String projection, int mine, int theirs) {
        super(projection + " is in use by version " + theirs + ", this is version " + mine, null, false, false);
    }
}
