package cn.plumbline.web.verify;

import cn.plumbline.web.notes.BadNote;
import cn.plumbline.web.notes.Checkpoint;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Checks a running system from its public addresses: every entry, every tile of leaves, the root, the signature. */
public final class LogCheck {

    static final int TILE_WIDTH = 256;
    private static final int HASH_BYTES = 32;

    private final RemoteLog log;
    private final Trust trust;
    private final Findings findings;

    /**
     * Checks with what was known before.
     *
     * @param trust with at least one key: a system cannot vouch for itself
     */
    public LogCheck(RemoteLog log, Trust trust, Findings findings) {
        this.log = log;
        this.trust = trust;
        this.findings = findings;
    }

    /**
     * Reads the whole log.
     *
     * @return the first position that is bad; 0 if none is
     */
    public long check() throws IOException {
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.open(log.checkpoint(), trust.keys());
        } catch (BadNote e) {
            findings.wrong("检查点不可信：" + e.getMessage() + "。", "The checkpoint is not to be trusted: " + e.getMessage());
            return 0;
        }
        findings.holds(
                "检查点：" + checkpoint.origin() + "，" + checkpoint.size() + " 个事件，签名有效。",
                "Checkpoint over " + checkpoint.size() + " events, signature valid.");
        Continuation continuation = Continuation.of(trust, trust.keys(), findings);
        GrowingTree tree = new GrowingTree();
        long firstBad = 0;
        while (tree.size() < checkpoint.size()) {
            int width = (int) Math.min(TILE_WIDTH, checkpoint.size() - tree.size());
            long bad = tile(tree, width, continuation);
            firstBad = firstBad == 0 ? bad : firstBad;
        }
        continuation.ended(tree);
        if (tree.rootHex().equals(checkpoint.rootHex())) {
            findings.holds("全部 " + tree.size() + " 个条目与根相符。", "All " + tree.size() + " entries yield the root.");
        } else {
            findings.wrong("全部条目算出的根与检查点不符。", "The entries do not yield the root of the checkpoint.");
        }
        return firstBad;
    }

    private long tile(GrowingTree tree, int width, Continuation continuation) throws IOException {
        long index = tree.size() / TILE_WIDTH;
        byte[] hashes = Arrays.copyOf(log.tile(0, index, width), width * HASH_BYTES);
        ByteBuffer bundle = ByteBuffer.wrap(log.entries(index, width));
        long firstBad = 0;
        for (int i = 0; i < width; i++) {
            byte[] leaf = GrowingTree.leaf(next(bundle));
            tree.add(leaf);
            continuation.reached(tree);
            if (!Arrays.equals(leaf, 0, HASH_BYTES, hashes, i * HASH_BYTES, (i + 1) * HASH_BYTES)) {
                firstBad = firstBad == 0 ? tree.size() : firstBad;
                findings.wrong(
                        "位置 " + tree.size() + " 的条目与叶哈希不符。",
                        "The entry at position " + tree.size() + " is not that of its leaf.");
            }
        }
        return firstBad;
    }

    /** The next entry; an empty one where the bundle ends early, which is then found to be bad. */
    private static byte[] next(ByteBuffer bundle) {
        try {
            byte[] entry = new byte[bundle.getShort() & 0xffff];
            bundle.get(entry);
            return entry;
        } catch (BufferUnderflowException tooShort) {
            return new byte[0];
        }
    }
}
