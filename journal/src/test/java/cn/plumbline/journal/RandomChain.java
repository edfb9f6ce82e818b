package cn.plumbline.journal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A chain without a database, which grows by blocks of random events: a few types, some tags, one of its own each. */
final class RandomChain {

    private static final int UNITS = 20;
    private static final int TYPES = 5;
    private static final int MOST_EVENTS = 60;

    private final TagHash tagHash = TagHash.random();
    private final FrameWriter frames = new FrameWriter(tagHash, new Salts());
    private final Random random;
    private final Chain chain = from(ChainState.empty(tagHash));
    private final List<Block> blocks = new ArrayList<>();
    private int ids;

    RandomChain(Random random) {
        this.random = random;
    }

    /** Another chain, that goes on from a state. */
    static Chain from(ChainState start) {
        BlockReads nothing = new BlockReads(new FaultyBlockStore(), new Ticks(Duration.ofSeconds(1)));
        return new Chain(JournalSettings.of("journal", "test"), nothing, start, () -> {});
    }

    Chain chain() {
        return chain;
    }

    /** All of it. */
    List<Block> blocks() {
        return blocks;
    }

    /** The events of a block to come. */
    List<PreparedEvent> events(int count) {
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Set<Tag> tags = new HashSet<>(Set.of(new Tag("command", Integer.toString(++ids))));
            for (int more = random.nextInt(4); more > 0; more--) {
                tags.add(new Tag("k" + random.nextInt(2), Integer.toString(random.nextInt(UNITS))));
            }
            events.add(new NewEvent(
                    "e" + ids,
                    "t" + random.nextInt(TYPES),
                    "1",
                    Instant.EPOCH.plusSeconds(random.nextInt(2_000_000) - 1_000_000),
                    tags,
                    Map.of(),
                    "{}".getBytes(StandardCharsets.UTF_8)));
        }
        return frames.prepare(events);
    }

    void extend(List<PreparedEvent> events) {
        Chain.Successor successor = chain.successor(events);
        blocks.add(successor.block());
        chain.extend(successor);
    }

    /** Adds blocks until it ends with a position. */
    void extendTo(long position) {
        for (long left = left(position); left > 0; left = left(position)) {
            extend(events(1 + random.nextInt((int) Math.min(MOST_EVENTS, left))));
        }
    }

    private long left(long position) {
        return position - chain.head().position();
    }

    /** Criteria that select many, few or none of its events. */
    Criteria criteria() {
        List<Criterion> items = new ArrayList<>();
        for (int left = random.nextInt(3); left >= 0; left--) {
            Set<String> types = new HashSet<>();
            for (int more = random.nextInt(3); more > 0; more--) {
                types.add("t" + random.nextInt(TYPES + 1));
            }
            Set<Tag> tags = new HashSet<>();
            for (int more = random.nextInt(3); more > 0; more--) {
                tags.add(
                        random.nextInt(4) == 0
                                ? new Tag("command", Integer.toString(random.nextInt(ids + 2)))
                                : new Tag("k" + random.nextInt(2), Integer.toString(random.nextInt(UNITS + 1))));
            }
            items.add(new Criterion(types, tags));
        }
        return new Criteria(items);
    }
}
