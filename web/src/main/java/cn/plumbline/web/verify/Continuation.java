package cn.plumbline.web.verify;

import cn.plumbline.web.notes.BadNote;
import cn.plumbline.web.notes.Checkpoint;
import cn.plumbline.web.notes.VerifierKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks whether a history begins with what an earlier checkpoint says. */
final class Continuation {

    private final @Nullable Checkpoint earlier;
    private final Findings findings;
    private boolean met;

    private Continuation(@Nullable Checkpoint earlier, Findings findings) {
        this.earlier = earlier;
        this.findings = findings;
    }

    static Continuation of(Trust trust, List<VerifierKey> keys, Findings findings) {
        String note = trust.earlier();
        if (note == null) {
            return new Continuation(null, findings);
        }
        try {
            return new Continuation(Checkpoint.open(note, keys), findings);
        } catch (BadNote e) {
            findings.wrong(
                    "较早的检查点不可信：" + e.getMessage() + "。",
                    "The earlier checkpoint is not to be trusted: " + e.getMessage());
            return new Continuation(null, findings);
        }
    }

    void reached(GrowingTree tree) {
        if (earlier == null || tree.size() != earlier.size()) {
            return;
        }
        met = true;
        if (tree.rootHex().equals(earlier.rootHex())) {
            findings.holds(
                    "延续较早的检查点（" + earlier.size() + " 个事件）。",
                    "Continues the earlier checkpoint over " + earlier.size() + " events.");
        } else {
            findings.wrong(
                    "前 " + earlier.size() + " 个事件与较早的检查点不符：历史被改写。",
                    "The first " + earlier.size()
                            + " events are not those of the earlier checkpoint: history was rewritten.");
        }
    }

    void ended(GrowingTree tree) {
        if (earlier != null && earlier.size() > 0 && !met) {
            findings.wrong(
                    "较早的检查点有 " + earlier.size() + " 个事件，现在只有 " + tree.size() + " 个：历史被截短。",
                    "The earlier checkpoint has " + earlier.size() + " events, now there are " + tree.size()
                            + ": history was cut.");
        }
    }
}
