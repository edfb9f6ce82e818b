package cn.plumbline.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/**
 * Reads events: the index says where they stand, their blocks come from memory or, window by window, from the store.
 * At most {@link #WINDOWS_AHEAD} windows are held besides the one that is read from.
 */
final class Reader {

    private static final int WINDOWS_AHEAD = 2;
    private static final long WINDOW_BYTES = 8L << 20;
    /** A read of more blocks than this passes through; keeping them would drive out what is read again and again. */
    private static final int CACHED_WINDOW = 32;

    private final Chain chain;
    private final BlockReads reads;

    Reader(Chain chain, BlockReads reads) {
        this.chain = chain;
        this.reads = reads;
    }

    Flux<StoredEvent> read(Criteria criteria, long after, long upTo) {
        return Flux.defer(() -> {
            Chain.Head head = chain.head();
            Scan scan = chain.index().scan(criteria, after, Math.min(upTo, head.position()));
            return Flux.generate(() -> new Planner(scan, head), Planner::plan)
                    .flatMapSequential(this::load, WINDOWS_AHEAD, 1)
                    .concatMapIterable(loaded -> () -> loaded.events(criteria), 1);
        });
    }

    Mono<StoredEvent> event(long position) {
        return Mono.defer(() -> {
            Chain.Head head = chain.head();
            if (position > head.position()) {
                return Mono.empty();
            }
            return block(chain.directory().blockOf(position, head.block())).map(block -> block.event(position));
        });
    }

    Mono<Block> block(long number) {
        return load(new Window(List.of(number), new Positions())).map(loaded -> loaded.block(number));
    }

    private Mono<Loaded> load(Window window) {
        Map<Long, Block> blocks = HashMap.newHashMap(window.blocks.size());
        List<Long> missing = new ArrayList<>();
        for (Long number : window.blocks) {
            Block block = chain.cache().get(number);
            if (block == null) {
                missing.add(number);
            } else {
                blocks.put(number, block);
            }
        }
        if (missing.isEmpty()) {
            return Mono.just(new Loaded(window, blocks));
        }
        return reads.find(missing).map(found -> {
            for (Block block : found) {
                check(block);
                blocks.put(block.number(), block);
                if (missing.size() <= CACHED_WINDOW) {
                    chain.cache().addRead(block);
                }
            }
            return new Loaded(window, blocks);
        });
    }

    /** A block of the chain never changes; this one is not what was read, and hashed, before. */
    private void check(Block block) {
        if (!chain.isAsSeen(block)) {
            throw new JournalCorrupted("Block " + block.number() + " is not what it was", null);
        }
    }

    /** Positions to read, and the blocks that hold them. */
    private record Window(List<Long> blocks, Positions positions) {}

    /** Cuts a scan into windows. */
    private final class Planner {
        private final Scan scan;
        private final Chain.Head head;
        private int pending;

        Planner(Scan scan, Chain.Head head) {
            this.scan = scan;
            this.head = head;
            pending = scan.next();
        }

        Planner plan(SynchronousSink<Window> sink) {
            if (pending == Scan.END) {
                sink.complete();
            } else {
                sink.next(nextWindow());
            }
            return this;
        }

        private Window nextWindow() {
            BlockDirectory directory = chain.directory();
            Window window = new Window(new ArrayList<>(), new Positions());
            long bytes = 0;
            long lastOfBlock = 0;
            while (pending != Scan.END) {
                if (pending > lastOfBlock) {
                    long number = directory.blockOf(pending, head.block());
                    bytes += directory.weight(number);
                    if (!window.blocks.isEmpty()
                            && (bytes > WINDOW_BYTES || window.blocks.size() == BlockStore.WINDOW)) {
                        break;
                    }
                    window.blocks.add(number);
                    lastOfBlock = chain.lastOf(number, head);
                }
                window.positions.add(pending);
                pending = scan.next();
            }
            return window;
        }
    }

    /** A window whose blocks are in memory. */
    private record Loaded(Window window, Map<Long, Block> found) {

        Block block(long number) {
            Block block = found.get(number);
            if (block == null) {
                throw new JournalCorrupted("Block " + number + " is gone", null);
            }
            return block;
        }

        /** Decodes one by one; what the index found by a collision of tag hashes is left out. */
        Iterator<StoredEvent> events(Criteria criteria) {
            boolean all = criteria.isAll();
            return new Iterator<>() {
                private final Iterator<Long> numbers = window.blocks.iterator();
                private @Nullable Block block;
                private @Nullable StoredEvent upcoming;
                private int index;

                @Override
                public boolean hasNext() {
                    while (upcoming == null && index < window.positions.size()) {
                        StoredEvent candidate = decode(window.positions.get(index++));
                        if (all || criteria.matches(candidate.type(), candidate.tags())) {
                            upcoming = candidate;
                        }
                    }
                    return upcoming != null;
                }

                @Override
                public StoredEvent next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    StoredEvent event = Objects.requireNonNull(upcoming);
                    upcoming = null;
                    return event;
                }

                private StoredEvent decode(int position) {
                    Block current = block;
                    while (current == null || position > current.last()) {
                        current = block(numbers.next());
                        block = current;
                    }
                    return current.event(position);
                }
            };
        }
    }
}
