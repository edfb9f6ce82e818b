package cn.plumbline.journal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps the index of a journal in a file. The file is a convenience: if it is missing, of no use or old, or cannot be
 * written, that costs time at the next start and nothing else. It is read and written where one may block, and never by
 * two threads at once.
 */
final class IndexKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(IndexKeeper.class);

    /**
     * While the journal is open the file is written when this share of what it holds is new. It is written as a whole, so
     * with a fixed number of new events a journal twice as long would write twice as much; and a start after a crash
     * reads little more than this share from the chain.
     */
    private static final int SHARE = 32;

    private final String journal;
    private final IndexSettings settings;
    private final IndexFile file;
    /** The position up to which the file goes; 0 if there is none of use. Guarded by this. */
    private long kept;

    /**
     * @param journal its name
     */
    IndexKeeper(String journal, IndexSettings settings) {
        this.journal = journal;
        this.settings = settings;
        file = new IndexFile(settings.directory(), journal);
    }

    /**
     * The state in the file, if its newest block is the one that the database has under that number. Then the blocks
     * before it are those that the file speaks of, or the tree head in that block would be another.
     *
     * @return empty if there is no file, or none of use; fails if the database does
     */
    Mono<ChainState> restore(BlockReads reads) {
        return Mono.fromCallable(this::read)
                .subscribeOn(Schedulers.boundedElastic())
                .filterWhen(state -> reads.find(List.of(state.head().block())).map(found -> isOf(found, state)));
    }

    private @Nullable ChainState read() {
        try {
            return file.read();
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException unusable) {
            ignore(unusable.toString());
            return null;
        }
    }

    private synchronized boolean isOf(List<Block> found, ChainState state) {
        Chain.Head head = state.head();
        if (found.isEmpty()) {
            ignore("the database ends before block " + head.block() + ", up to which the file goes");
            return false;
        }
        if (!state.endsWith(found.getFirst())) {
            ignore("block " + head.block() + " of the database is not the one with which the file ends");
            return false;
        }
        kept = head.position();
        LOG.info("Journal {} goes on from its index file, which holds {} events", journal, kept);
        return true;
    }

    private void ignore(String why) {
        LOG.warn("Journal {} ignores its index file and reads the whole chain: {}", journal, why);
    }

    /** Writes the file whenever enough is new, without end. What fails is logged and tried again. */
    Mono<Void> keepOn(Chain chain) {
        return Mono.delay(settings.pause())
                .then(write(chain, settings.leastEvents(), SHARE))
                .repeat()
                .then();
    }

    /** Writes the file if anything is new. What fails is logged. */
    Mono<Void> keep(Chain chain) {
        return write(chain, 1, Integer.MAX_VALUE);
    }

    private Mono<Void> write(Chain chain, int leastEvents, int share) {
        return Mono.<Void>fromRunnable(() -> writeIfNew(chain.state(), leastEvents, share))
                .subscribeOn(Schedulers.boundedElastic());
    }

    private synchronized void writeIfNew(ChainState state, int leastEvents, int share) {
        long position = state.head().position();
        if (position - kept < Math.max(leastEvents, kept / share)) {
            return;
        }
        try {
            file.write(state);
            kept = position;
        } catch (IOException failure) {
            LOG.warn("The index file of journal {} is not written", journal, failure);
        }
    }
}
