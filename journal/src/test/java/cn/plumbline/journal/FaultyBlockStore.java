package cn.plumbline.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Blocks in a map, behind a line that fails on order. */
final class FaultyBlockStore implements BlockStore {

    /** What becomes of an insert. */
    enum Fault {
        NONE,
        /** It fails and has not happened. */
        REQUEST_LOST,
        /** It fails and has happened. */
        REPLY_LOST,
        /** It is never answered and has not happened. */
        REQUEST_STUCK,
        /** It is never answered and has happened. */
        REPLY_STUCK,
        /** It fails, and happens when {@link #deliverLate} says so. */
        LATE
    }

    private final Map<Long, Block> blocks;
    private final Queue<Fault> inserts = new ConcurrentLinkedQueue<>();
    private final Queue<Fault> finds = new ConcurrentLinkedQueue<>();
    private final Queue<Block> late = new ConcurrentLinkedQueue<>();
    private final AtomicInteger read = new AtomicInteger();
    private volatile Supplier<Fault> otherwise = () -> Fault.NONE;

    FaultyBlockStore() {
        this(new ConcurrentSkipListMap<>());
    }

    private FaultyBlockStore(Map<Long, Block> blocks) {
        this.blocks = blocks;
    }

    /** Another line to the same blocks. */
    FaultyBlockStore sibling() {
        return new FaultyBlockStore(blocks);
    }

    void nextInserts(Fault... faults) {
        inserts.addAll(List.of(faults));
    }

    void nextFinds(Fault... faults) {
        finds.addAll(List.of(faults));
    }

    /** What becomes of all that was not ordered. */
    void otherwise(Supplier<Fault> fault) {
        otherwise = fault;
    }

    void deliverLate() {
        for (Block block = late.poll(); block != null; block = late.poll()) {
            blocks.putIfAbsent(block.number(), block);
        }
    }

    /** Takes a block out. */
    void forget(long number) {
        blocks.remove(number);
    }

    Block block(long number) {
        return blocks.get(number);
    }

    /** Puts a block where another one is. */
    void replace(Block block) {
        blocks.put(block.number(), block);
    }

    int stored() {
        return blocks.size();
    }

    /** How many blocks have come over this line. */
    int read() {
        return read.get();
    }

    @Override
    public Mono<Void> insert(Block block) {
        return Mono.defer(() -> {
                    Fault fault = next(inserts);
                    return switch (fault) {
                        case REQUEST_LOST -> broken();
                        case REQUEST_STUCK -> Mono.<Void>never();
                        case LATE -> {
                            late.add(block);
                            yield broken();
                        }
                        case NONE, REPLY_LOST, REPLY_STUCK -> store(block, fault);
                    };
                })
                .subscribeOn(Schedulers.parallel());
    }

    private Mono<Void> store(Block block, Fault fault) {
        if (blocks.putIfAbsent(block.number(), block) != null) {
            return Mono.error(new JournalUnavailable("duplicate key " + block.number(), null));
        }
        return switch (fault) {
            case REPLY_LOST -> broken();
            case REPLY_STUCK -> Mono.never();
            default -> Mono.empty();
        };
    }

    @Override
    public Mono<List<Block>> find(List<Long> numbers) {
        return Mono.defer(() -> switch (next(finds)) {
                    case NONE -> Mono.just(found(numbers));
                    case REQUEST_STUCK, REPLY_STUCK -> Mono.<List<Block>>never();
                    default -> Mono.<List<Block>>error(new JournalUnavailable("connection reset", null));
                })
                .subscribeOn(Schedulers.parallel())
                .delayElement(Duration.ofMillis(1));
    }

    private List<Block> found(List<Long> numbers) {
        List<Block> found = new ArrayList<>();
        for (Long number : numbers) {
            Block block = blocks.get(number);
            if (block != null) {
                read.incrementAndGet();
                found.add(Block.read(
                        block.number(),
                        block.first(),
                        block.count(),
                        block.at(),
                        block.node(),
                        block.data().clone(),
                        block.root().clone()));
            }
        }
        return found;
    }

    private Fault next(Queue<Fault> ordered) {
        Fault fault = ordered.poll();
        return fault != null ? fault : otherwise.get();
    }

    private static Mono<Void> broken() {
        return Mono.error(new JournalUnavailable("connection reset", null));
    }
}
