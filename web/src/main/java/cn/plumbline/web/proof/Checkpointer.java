package cn.plumbline.web.proof;

import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.TreeHead;
import cn.plumbline.web.notes.BadNote;
import cn.plumbline.web.notes.Checkpoint;
import cn.plumbline.web.notes.Note;
import cn.plumbline.web.proof.CheckpointRefused.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Signs checkpoints of a journal. Each is kept before anybody sees it, and none is signed that contradicts the one kept
 * before: the events that are signed now must begin with those that were signed then. So a journal that was rolled back
 * or rewritten gets no signature. Safe for several processes that share journal and store.
 */
public final class Checkpointer {

    /** A checkpoint of another process may cover events that this one is about to see; longer it does not take. */
    private static final Duration CATCHING_UP = Duration.ofSeconds(10);

    private final Journal journal;
    private final CheckpointStore store;
    private final KeyRing keys;
    private final String origin;
    private final Clock clock;
    private final boolean shared;
    /** The newest that may be shown. */
    private final AtomicReference<@Nullable KeptCheckpoint> latest = new AtomicReference<>();
    /** The last that was signed or found to be fine by this process; spares the store while nothing is new. */
    private final AtomicReference<@Nullable KeptCheckpoint> upToDate = new AtomicReference<>();

    /**
     * @param origin names the journal in its checkpoints
     * @param shared whether other processes sign too; then nobody is shown an older checkpoint than they have shown
     */
    public Checkpointer(
            Journal journal, CheckpointStore store, KeyRing keys, String origin, Clock clock, boolean shared) {
        this.journal = journal;
        this.store = store;
        this.keys = keys;
        this.origin = origin;
        this.clock = clock;
        this.shared = shared;
    }

    /** A checkpoint and what it says. */
    private record Verified(KeptCheckpoint kept, Note note, Checkpoint checkpoint) {}

    /**
     * The newest checkpoint; signs one if there is none.
     *
     * @return as {@link #sign()}
     */
    public Mono<KeptCheckpoint> current() {
        return Mono.defer(() -> {
            KeptCheckpoint known = latest.get();
            if (known == null) {
                return sign();
            }
            return shared ? newest(known) : Mono.just(known);
        });
    }

    /** What was shown elsewhere must not be missing here. What is kept but not ours is for {@link #sign} to report. */
    private Mono<KeptCheckpoint> newest(KeptCheckpoint known) {
        return store.newest()
                .filter(kept -> kept.size() > known.size())
                .publishOn(Schedulers.boundedElastic())
                .map(this::verified)
                .map(Verified::kept)
                .doOnNext(this::remember)
                .onErrorResume(CheckpointRefused.class, told -> Mono.empty())
                .defaultIfEmpty(known);
    }

    /** The size of the newest checkpoint that this process knows of; -1 while it knows none. */
    public long size() {
        KeptCheckpoint known = latest.get();
        return known == null ? -1 : known.size();
    }

    /**
     * A checkpoint that covers a position, signed now if need be.
     *
     * @return as {@link #sign()}; empty beyond the head
     */
    Mono<KeptCheckpoint> covering(long position) {
        return current()
                .flatMap(known -> known.size() >= position ? Mono.just(known) : sign())
                .filter(known -> known.size() >= position);
    }

    /**
     * Signs and keeps a checkpoint of all events up to the head, unless there is one.
     *
     * @return the newest checkpoint; fails with {@link CheckpointRefused} if the journal contradicts the one before
     */
    public Mono<KeptCheckpoint> sign() {
        return Mono.defer(() -> {
            KeptCheckpoint known = upToDate.get();
            // What this process has seen is taken before the store is asked, which then must have it.
            return known != null && known.size() == journal.head() ? Mono.just(known) : signNew(latest.get());
        });
    }

    private Mono<KeptCheckpoint> signNew(@Nullable KeptCheckpoint seen) {
        // The first look is at what is there, the later ones at what processes say that they have kept.
        return (seen == null ? store.below(Long.MAX_VALUE, 1).next() : store.newest())
                .publishOn(Schedulers.boundedElastic()) // signatures take their time
                .map(this::verified)
                .flatMap(last -> contradiction(last, seen)
                        .then(seen == null ? store.tellNewest(last.kept) : Mono.empty())
                        .thenReturn(last))
                .flatMap(this::signAfter)
                .switchIfEmpty(Mono.defer(() -> signFirst(seen)))
                .doOnNext(this::remember)
                .doOnNext(upToDate::set);
    }

    private Mono<KeptCheckpoint> signFirst(@Nullable KeptCheckpoint seen) {
        if (seen != null) {
            return Mono.error(new CheckpointRefused(Reason.CHECKPOINT_LOST, seen.size()));
        }
        return signHead();
    }

    private Mono<KeptCheckpoint> signAfter(Verified last) {
        boolean covers = journal.head() == last.kept.size();
        return covers && isByNewestKey(last) ? Mono.just(last.kept) : signHead();
    }

    private boolean isByNewestKey(Verified last) {
        return last.checkpoint.origin().equals(origin)
                && last.note.isSignedBy(keys.verifiers().getFirst());
    }

    /** Completes if the journal begins with what the checkpoint says. */
    private Mono<Void> contradiction(Verified last, @Nullable KeptCheckpoint seen) {
        long size = last.kept.size();
        if (seen != null && seen.size() > size) {
            return Mono.error(new CheckpointRefused(Reason.CHECKPOINT_LOST, seen.size()));
        }
        // Signed by a key of ours, it may be shown whatever becomes of the next one.
        remember(last.kept);
        return journal.follow(Criteria.nothing(), size)
                .next()
                .timeout(CATCHING_UP)
                .onErrorMap(TimeoutException.class, late -> new CheckpointRefused(Reason.ROLLED_BACK, size))
                .then(Mono.defer(() -> journal.merkleLog().head(size)))
                .filter(head -> head.rootHex().equals(last.checkpoint.rootHex()))
                .switchIfEmpty(Mono.error(() -> new CheckpointRefused(Reason.FORKED, size)))
                .then();
    }

    private Verified verified(KeptCheckpoint kept) {
        try {
            Checkpoint checkpoint = Checkpoint.open(kept.note(), keys.verifiers());
            if (checkpoint.size() == kept.size()) {
                return new Verified(kept, Note.parse(kept.note()), checkpoint);
            }
        } catch (BadNote forged) {
            // told like a signature of somebody else
        }
        throw new CheckpointRefused(Reason.SIGNATURE_UNKNOWN, kept.size());
    }

    private Mono<KeptCheckpoint> signHead() {
        return Mono.fromCallable(() -> signed(journal.treeHead()))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(signed -> store.insert(signed)
                        .flatMap(kept -> kept
                                ? Mono.just(signed)
                                : store.find(signed.size()).flatMap(other -> settle(signed, other))));
    }

    private KeptCheckpoint signed(TreeHead head) {
        Checkpoint checkpoint = new Checkpoint(origin, head.size(), head.rootHex());
        return new KeptCheckpoint(
                head.size(),
                keys.sign(checkpoint.text()).encoded(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    /** There was a checkpoint of this size: by another process, or under keys or a name of the past. */
    private Mono<KeptCheckpoint> settle(KeptCheckpoint signed, KeptCheckpoint other) {
        Verified before = verified(other);
        Verified mine = verified(signed);
        if (!before.checkpoint.rootHex().equals(mine.checkpoint.rootHex())) {
            return Mono.error(new CheckpointRefused(Reason.FORKED, other.size()));
        }
        return isByNewestKey(before) ? Mono.just(other) : store.replace(signed).thenReturn(signed);
    }

    private void remember(KeptCheckpoint kept) {
        var unused = latest.accumulateAndGet(
                kept, (before, now) -> before == null || now == null || now.size() >= before.size() ? now : before);
    }
}
