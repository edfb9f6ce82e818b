package cn.plumbline.journal;

import cn.plumbline.journal.Audit.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Reads the stored chain again, past the cache, from the first block on, and compares it with what was seen before,
 * and the index with it.
 * It goes in small steps with a pause after each, and computes on threads that appends do not need.
 */
final class Auditor {

    /** What is read at once, a single larger block aside. */
    private static final long STEP_BYTES = 256L << 10;

    private final Chain chain;
    private final BlockReads reads;
    private final Scheduler scheduler;

    /**
     * @param scheduler where hashes are computed
     */
    Auditor(Chain chain, BlockReads reads, Scheduler scheduler) {
        this.chain = chain;
        this.reads = reads;
        this.scheduler = scheduler;
    }

    /** One walk up to the head at subscription. Fails if the database does. */
    Mono<Audit> walk(Duration pause) {
        return Mono.defer(() -> {
            Walk walk = new Walk(chain.head());
            return Mono.defer(() -> step(walk))
                    .then(Mono.delay(pause))
                    .repeat(() -> walk.outcome == null)
                    .then(Mono.fromSupplier(() -> walk.outcome));
        });
    }

    private Mono<Void> step(Walk walk) {
        List<Long> numbers = walk.nextNumbers();
        if (numbers.isEmpty()) {
            return Mono.fromRunnable(walk::finish);
        }
        return reads.find(numbers)
                .publishOn(scheduler)
                .doOnNext(blocks -> walk.check(numbers, blocks))
                .then()
                .onErrorResume(JournalCorrupted.class, unreadable -> Mono.fromRunnable(() -> walk.narrow(numbers)));
    }

    private final class Walk {
        private final Chain.Head head;
        private MerkleFrontier tree = MerkleFrontier.empty();
        private Instant at = Instant.EPOCH;
        private long latestMicros = Long.MIN_VALUE;
        private long done;
        private boolean oneByOne;
        private volatile @Nullable Audit outcome;

        Walk(Chain.Head head) {
            this.head = head;
        }

        List<Long> nextNumbers() {
            BlockDirectory directory = chain.directory();
            List<Long> numbers = new ArrayList<>();
            long bytes = 0;
            for (long number = done + 1; number <= head.block() && numbers.size() < BlockStore.WINDOW; number++) {
                bytes += directory.weight(number);
                if (!numbers.isEmpty() && (oneByOne || bytes > STEP_BYTES)) {
                    break;
                }
                numbers.add(number);
            }
            return numbers;
        }

        void check(List<Long> numbers, List<Block> blocks) {
            for (int i = 0; i < numbers.size() && outcome == null; i++) {
                if (i == blocks.size() || blocks.get(i).number() != numbers.get(i)) {
                    breakAt(numbers.get(i), Fault.MISSING);
                } else {
                    check(blocks.get(i));
                }
            }
        }

        private void check(Block block) {
            List<StoredEvent> events = new ArrayList<>(block.count());
            List<byte[]> leaves = new ArrayList<>(block.count());
            for (long position = block.first(); position <= block.last(); position++) {
                try {
                    StoredEvent event = block.event(position);
                    events.add(event);
                    leaves.add(Chain.leaf(event));
                } catch (JournalCorrupted unreadable) {
                    outcome = new Audit.Broken(block.number(), position, position, Fault.UNREADABLE);
                    return;
                }
            }
            boolean follows = block.first() == tree.size() + 1 && !block.at().isBefore(at);
            if (!follows || !chain.isAsSeen(block)) {
                breakAt(block.number(), Fault.CHANGED);
                return;
            }
            tree = tree.with(leaves);
            if (!Arrays.equals(tree.root(), block.root())) {
                breakAt(block.number(), Fault.ROOT_DIFFERS);
                return;
            }
            at = block.at();
            done = block.number();
            checkIndex(events);
        }

        /** What was noted of the block may come from a file, whose word is not taken for it. */
        private void checkIndex(List<StoredEvent> events) {
            for (StoredEvent event : events) {
                latestMicros = Math.max(latestMicros, event.timeMicros());
                if (!chain.isIndexed(event)) {
                    outcome = new Audit.Broken(done, event.position(), event.position(), Fault.INDEX_DIFFERS);
                    return;
                }
            }
            if (chain.directory().latestMicros(done) != latestMicros) {
                breakAt(done, Fault.INDEX_DIFFERS);
            }
        }

        /** Something among these blocks is no block at all; find out which. */
        void narrow(List<Long> numbers) {
            if (numbers.size() == 1) {
                breakAt(numbers.getFirst(), Fault.UNREADABLE);
            }
            oneByOne = true;
        }

        void finish() {
            if (!Arrays.equals(tree.root(), head.tree().root())) {
                breakAt(head.block(), Fault.ROOT_DIFFERS);
            } else {
                outcome = new Audit.Sound(done, TreeHead.of(tree.size(), tree.root()));
            }
        }

        private void breakAt(long number, Fault fault) {
            outcome = new Audit.Broken(number, chain.directory().first(number), chain.lastOf(number, head), fault);
        }
    }
}
