package cn.plumbline.journal;

/** What became of one walk along the whole stored chain. */
public sealed interface Audit {

    /**
     * Every block up to the head at the beginning of the walk is what was seen when it was verified or written, and the
     * index leads to all of its events.
     *
     * @param blocks how many
     * @param head of the tree over all their events, computed again
     */
    record Sound(long blocks, TreeHead head) implements Audit {}

    /**
     * The walk ended at a block that is not what it was.
     *
     * @param block its number; all before it are sound
     * @param first the first position that can be bad
     * @param last the last position that the fault was narrowed down to
     * @param fault what is wrong with it
     */
    record Broken(long block, long first, long last, Fault fault) implements Audit {}

    /** What can be wrong with a stored block, or with what is known of it. */
    enum Fault {
        /** It is not there. */
        MISSING,
        /** It, or an event in it, cannot be decoded. */
        UNREADABLE,
        /** It is a well-formed block, but another one than was seen. */
        CHANGED,
        /** The events do not yield the tree head. */
        ROOT_DIFFERS,
        /** The block is sound, but the index does not lead to what it holds. */
        INDEX_DIFFERS
    }
}
