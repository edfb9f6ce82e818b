package cn.plumbline.web.verify;

import cn.plumbline.web.notes.BadNote;
import cn.plumbline.web.notes.Checkpoint;
import cn.plumbline.web.notes.VerifierKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Checks an export offline: every leaf, the root, the signature, and that it continues an earlier checkpoint. */
public final class ExportCheck {

    private final Trust trust;
    private final Findings findings;

    /** Checks with what was known before. */
    public ExportCheck(Trust trust, Findings findings) {
        this.trust = trust;
        this.findings = findings;
    }

    /**
     * Checks the lines of an export.
     *
     * @return the first position that is bad; 0 if none is
     */
    public long check(BufferedReader lines) throws IOException {
        String first = lines.readLine();
        ExportHeader header;
        List<VerifierKey> keys;
        Checkpoint checkpoint;
        try {
            header = ExportHeader.parse(first == null ? "" : first);
            keys = keys(header);
            checkpoint = Checkpoint.open(header.checkpoint(), keys);
        } catch (IllegalArgumentException | BadNote e) {
            findings.wrong(
                    "首行不是可信的检查点：" + e.getMessage() + "。",
                    "The first line has no trusted checkpoint: " + e.getMessage());
            return 0;
        }
        findings.holds(
                "检查点：" + checkpoint.origin() + "，" + checkpoint.size() + " 个事件，签名有效。",
                "Checkpoint over " + checkpoint.size() + " events, signature valid.");
        Continuation continuation = Continuation.of(trust, keys, findings);
        return events(lines, checkpoint, continuation);
    }

    private List<VerifierKey> keys(ExportHeader header) {
        if (!trust.keys().isEmpty()) {
            return trust.keys();
        }
        findings.note(
                "公钥取自文件本身；请与公布的公钥核对，或用 --vkey 给出。",
                "The key is the file's own; compare it with the published one, or give it by --vkey.");
        return header.verifierKeys().stream().map(VerifierKey::parse).toList();
    }

    private long events(BufferedReader lines, Checkpoint checkpoint, Continuation continuation) throws IOException {
        GrowingTree stated = new GrowingTree();
        long firstBad = 0;
        String line = lines.readLine();
        for (long position = 1; line != null; position++) {
            boolean good = false;
            try {
                EventLine event = EventLine.parse(line);
                good = event.position() == position && Arrays.equals(event.leaf(), event.statedLeaf());
                stated.add(event.statedLeaf());
                continuation.reached(stated);
            } catch (IllegalArgumentException unreadable) {
                stated.add(GrowingTree.leaf(new byte[0]));
            }
            if (!good) {
                firstBad = firstBad == 0 ? position : firstBad;
                findings.wrong(
                        "位置 " + position + " 的事件与其叶哈希不符。",
                        "The event at position " + position + " is not what was recorded.");
            }
            line = lines.readLine();
        }
        root(stated, checkpoint, firstBad);
        continuation.ended(stated);
        return firstBad;
    }

    private void root(GrowingTree stated, Checkpoint checkpoint, long firstBad) {
        if (stated.size() != checkpoint.size()) {
            findings.wrong(
                    "应有 " + checkpoint.size() + " 个事件，实有 " + stated.size() + " 个。",
                    "There should be " + checkpoint.size() + " events, and there are " + stated.size() + ".");
        } else if (!stated.rootHex().equals(checkpoint.rootHex())) {
            findings.wrong("全部叶哈希算出的根与检查点不符。", "The leaf hashes do not yield the root of the checkpoint.");
        } else if (firstBad == 0) {
            findings.holds("全部 " + stated.size() + " 个事件与根相符。", "All " + stated.size() + " events yield the root.");
        } else {
            findings.note("第一处不符：位置 " + firstBad + "。", "The first bad position is " + firstBad + ".");
        }
    }
}
