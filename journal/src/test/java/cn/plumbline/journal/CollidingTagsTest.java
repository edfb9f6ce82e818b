package cn.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What an append promises holds also when the hashes of all tags are the same, so that the index is always in doubt. */
class CollidingTagsTest {

    private static final JournalSettings SETTINGS =
            JournalSettings.of("journal", "test").withPollInterval(Duration.ZERO);

    private static EventLog journal(long cacheBytes) {
        return EventLog.on(Journal.open(new FaultyBlockStore(), SETTINGS.withCacheBytes(cacheBytes), SameHash::new));
    }

    private static final class SameHash extends TagHash {
        SameHash() {
            super(new byte[16]);
        }

        @Override
        long of(byte[] text) {
            return 42;
        }
    }

    @Nested
    class WithBlocksInMemory extends AppendContract {
        @Override
        protected EventLog open() {
            return journal(1 << 20);
        }
    }

    @Nested
    class WithBlocksToBeRead extends AppendContract {
        @Override
        protected EventLog open() {
            return journal(0);
        }
    }

    @Test
    void readsLeaveOutWhatOnlyCollides() {
        EventLog journal = journal(0);
        for (int i = 0; i < 20; i++) {
            var unused = journal.append(List.of(Samples.started(Samples.unit(i % 4))), AppendCondition.none())
                    .block(Duration.ofSeconds(60));
        }

        List<StoredEvent> events = journal.read(Criteria.tags(Samples.unit(3)), 0, Long.MAX_VALUE)
                .collectList()
                .block(Duration.ofSeconds(60));

        assertThat(Samples.positions(events)).containsExactly(4L, 8L, 12L, 16L, 20L);
        journal.close();
    }
}
