package cn.plumbline.web.proof;

/** No checkpoint is signed, because what would be signed contradicts what was signed before. */
public final class CheckpointRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final long size;

    /** What contradicts. */
    public enum Reason {
        /** The journal holds fewer events than a kept checkpoint says. */
        ROLLED_BACK,
        /** The events up to a kept checkpoint do not yield its root. */
        FORKED,
        /** A checkpoint that this process has seen is no longer kept. */
        CHECKPOINT_LOST,
        /** The newest kept checkpoint is signed by none of the keys, or is none. */
        SIGNATURE_UNKNOWN
    }

    CheckpointRefused(Reason reason, long size) {
        super(reason + " at size " + size, null, false, false);
        this.reason = reason;
        this.size = size;
    }

    /** What contradicts. */
    public Reason reason() {
        return reason;
    }

    /** The size of the checkpoint that is contradicted. */
    public long size() {
        return size;
    }
}
