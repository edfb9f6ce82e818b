package cn.plumbline.web.proof;

import cn.plumbline.journal.Audit;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the walks along a stored chain, and the signing of its checkpoints, have found. Trouble is logged once. */
final class SelfCheck {

    private static final Logger log = LoggerFactory.getLogger(SelfCheck.class);

    private final String journal;
    private final Clock clock;
    private volatile @Nullable Walk lastWhole;
    private volatile Audit.@Nullable Broken broken;
    private volatile @Nullable CheckpointRefused refused;

    SelfCheck(String journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /** A walk that found nothing. */
    record Walk(Instant finishedAt, Audit.Sound found) {}

    void note(Audit audit) {
        switch (audit) {
            case Audit.Sound sound -> {
                lastWhole = new Walk(clock.instant(), sound);
                if (broken != null) {
                    log.warn("{} 的存储链再次完整 the stored chain is whole again, as it was before", journal);
                }
                broken = null;
            }
            case Audit.Broken found -> {
                if (!found.equals(broken)) {
                    tell(found);
                }
                broken = found;
            }
        }
    }

    private void tell(Audit.Broken found) {
        String message = found.fault() == Audit.Fault.INDEX_DIFFERS
                ? "{} 的索引与存储链不符：区块 {}，位置 {} 至 {}（{}）。请停机，删除数据目录中的 cache，再启动。the index differs from the"
                        + " stored chain: block {}, positions {} to {}, {}; stop, delete cache in the data directory,"
                        + " start again"
                : "{} 的存储链已被改动：区块 {}，位置 {} 至 {}（{}）。the stored chain was tampered with: block {}, positions {}"
                        + " to {}, {}";
        log.error(
                message,
                journal,
                found.block(),
                found.first(),
                found.last(),
                found.fault(),
                found.block(),
                found.first(),
                found.last(),
                found.fault());
    }

    /** A checkpoint was signed, or is up to date. */
    void signed() {
        refused = null;
    }

    void note(CheckpointRefused refusal) {
        CheckpointRefused before = refused;
        if (before == null || before.reason() != refusal.reason() || before.size() != refusal.size()) {
            log.error(
                    "{} 与已签署的检查点（{} 个事件）矛盾，不再签署：{}。contradicts a signed checkpoint of {} events; nothing more"
                            + " is signed: {}",
                    journal,
                    refusal.size(),
                    refusal.reason(),
                    refusal.size(),
                    refusal.reason());
            if (refusal.reason() == CheckpointRefused.Reason.SIGNATURE_UNKNOWN) {
                log.error(
                        "同一数据库上的各节点须使用相同的密钥 nodes on one database need the same keys:" + " --plumbline.proof.key-file");
            }
        }
        refused = refusal;
    }

    @Nullable
    Walk lastWhole() {
        return lastWhole;
    }

    Audit.@Nullable Broken broken() {
        return broken;
    }

    @Nullable
    CheckpointRefused refused() {
        return refused;
    }

    String journal() {
        return journal;
    }
}
