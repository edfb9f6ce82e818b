package cn.plumbline.query;

/** One row of a view's answer. Rows are compared as values; streams send those that differ. */
public interface Row {

    /** What the row is about; no two rows of an answer have one key. */
    String key();
}
