package cn.plumbline.journal;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The Merkle tree (RFC 6962, SHA-256) over a journal's events as others check it: tiles and bundles in the layout of
 * C2SP tlog-tiles, proofs, and roots of past sizes. Leaf i, counted from 0, is the event at position i + 1.
 *
 * <p>Nothing of it is stored. Every answer is computed of the roots of full subtrees, which are in memory, and of at most
 * two groups of 256 events. What lies beyond the head is empty; failures are {@link JournalException}s.
 */
public final class MerkleLog {

    /** Hashes in a full tile, and entries in a full bundle. */
    public static final int TILE_WIDTH = SubtreeRoots.FANOUT;

    private final Chain chain;
    private final Reader reader;

    MerkleLog(Chain chain, Reader reader) {
        this.chain = chain;
        this.reader = reader;
    }

    /**
     * The head of the tree over the first events.
     *
     * @param size how many, 0 or more
     * @return size and root; empty beyond the head
     */
    public Mono<TreeHead> head(long size) {
        requireNotNegative(size);
        return Mono.defer(() -> {
            Needs needs = new Needs(size);
            needs.cut(size);
            return nodes(size, needs).map(nodes -> TreeHead.of(size, nodes.root(size)));
        });
    }

    /**
     * A tile of hashes.
     *
     * @param level 0 for leaves
     * @param index of the tile in its level, from 0
     * @param width how many hashes of it, 1 to 256
     * @return 32 bytes for each; empty if one of them is not there yet
     */
    public Mono<byte[]> hashes(int level, long index, int width) {
        requireNotNegative(level);
        requireTile(index, width);
        if (level == 0) {
            return leaves(index, width).map(MerkleLog::concatenated);
        }
        return Mono.defer(() -> {
            long size = chain.head().position();
            if (level > SubtreeRoots.LEVELS || !reaches(size >> (level * SubtreeRoots.FANOUT_BITS), index, width)) {
                return Mono.empty();
            }
            return Mono.just(chain.roots().slice(level, index, 0, width));
        });
    }

    /**
     * A bundle of entries.
     *
     * @param index of the bundle, from 0
     * @param width how many entries of it, 1 to 256
     * @return each entry behind its length in 2 bytes, big-endian; empty if one of them is not there yet
     */
    public Mono<byte[]> entries(long index, int width) {
        requireTile(index, width);
        return events(index, width)
                .map(StoredEvent::logEntry)
                .collectList()
                .filter(entries -> !entries.isEmpty())
                .map(MerkleLog::bundle);
    }

    /**
     * Proves that an event is in the tree over the first events.
     *
     * @param position of the event, from 1
     * @param size how many events; at least as many as the position
     * @return the hashes from the leaf's sibling up to the root's child; empty beyond the head
     */
    public Mono<List<byte[]>> inclusion(long position, long size) {
        if (position < 1 || position > size) {
            throw new IllegalArgumentException("No tree of " + size + " events holds position " + position);
        }
        return Mono.defer(() -> {
            Needs needs = new Needs(size);
            needs.groupOf(position);
            needs.cut(size);
            return nodes(size, needs).map(nodes -> nodes.inclusion(position - 1, size));
        });
    }

    /**
     * Proves that the tree over the first events is the beginning of a later one.
     *
     * @param from size of the earlier tree, 0 or more
     * @param to size of the later tree
     * @return the hashes as RFC 6962 orders them, none from size 0 and none to the same size; empty beyond the head
     */
    public Mono<List<byte[]>> consistency(long from, long to) {
        if (from < 0 || from > to) {
            throw new IllegalArgumentException("A tree does not shrink: " + from + ", " + to);
        }
        return Mono.defer(() -> {
            Needs needs = new Needs(to);
            needs.cut(from);
            needs.cut(to);
            return nodes(to, needs).map(nodes -> nodes.consistency(from, to));
        });
    }

    /** The groups of leaves that a computation on a tree of some size cuts. */
    private static final class Needs {
        private final long size;
        private final Map<Long, Integer> widths = new TreeMap<>();

        Needs(long size) {
            this.size = size;
        }

        void groupOf(long position) {
            long group = (position - 1) / TILE_WIDTH;
            widths.put(group, (int) Math.min(TILE_WIDTH, size - group * TILE_WIDTH));
        }

        void cut(long at) {
            if (at % TILE_WIDTH != 0) {
                groupOf(at);
            }
        }
    }

    private Mono<MerkleNodes> nodes(long size, Needs needs) {
        if (size > chain.head().position()) {
            return Mono.empty();
        }
        return Flux.fromIterable(needs.widths.entrySet())
                .concatMap(
                        need -> leaves(need.getKey(), need.getValue()).map(leaves -> Map.entry(need.getKey(), leaves)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(leaves -> new MerkleNodes(chain.roots(), leaves));
    }

    private Mono<List<byte[]>> leaves(long group, int width) {
        return events(group, width).map(StoredEvent::leafHash).collectList().filter(leaves -> !leaves.isEmpty());
    }

    /** All of them or, if one is not there yet, none. */
    private Flux<StoredEvent> events(long group, int width) {
        return Flux.defer(() -> {
            if (!reaches(chain.head().position(), group, width)) {
                return Flux.empty();
            }
            long after = group * TILE_WIDTH;
            return reader.read(Criteria.all(), after, after + width);
        });
    }

    private static boolean reaches(long count, long tile, int width) {
        return tile <= count / TILE_WIDTH && tile * TILE_WIDTH + width <= count;
    }

    private static byte[] concatenated(List<byte[]> hashes) {
        Bytes out = new Bytes(hashes.size() * SubtreeRoots.HASH_BYTES);
        hashes.forEach(out::put);
        return out.toArray();
    }

    private static byte[] bundle(List<byte[]> entries) {
        Bytes out = new Bytes(entries.size() * (Short.BYTES + entries.getFirst().length));
        for (byte[] entry : entries) {
            out.put(entry.length >>> Byte.SIZE);
            out.put(entry.length);
            out.put(entry);
        }
        return out.toArray();
    }

    private static void requireTile(long index, int width) {
        requireNotNegative(index);
        if (width < 1 || width > TILE_WIDTH) {
            throw new IllegalArgumentException("A tile is 1 to " + TILE_WIDTH + " wide: " + width);
        }
    }

    private static void requireNotNegative(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("Sizes, levels and indexes are 0 or more: " + number);
        }
    }
}
