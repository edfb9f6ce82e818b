package cn.plumbline.query;

import java.util.List;

/** One message of a view's live stream. */
public sealed interface ViewUpdate {

    /** The position that the receiver has seen everything up to, with this message. */
    long position();

    /** The first message: everything. */
    record Snapshot(ViewAnswer answer) implements ViewUpdate {

        @Override
        public long position() {
            return answer.position();
        }
    }

    /**
     * What has changed since the message before; a receiver that was slow gets several changes in one.
     *
     * @param position of the answer that holds now
     * @param rows the rows that are new or different
     * @param removed the keys of the rows that are gone
     * @param totals the answer's part that is not rows, as it is now
     */
    record Update(long position, List<? extends Row> rows, List<String> removed, Record totals) implements ViewUpdate {}
}
