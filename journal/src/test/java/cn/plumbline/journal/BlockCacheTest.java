package cn.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockCacheTest {

    private static final FrameWriter WRITER = new FrameWriter(new TagHash(new byte[16]), new Salts());

    private static Block block(long number) {
        return Block.of(number, number, Instant.EPOCH, "n", WRITER.prepare(List.of(Samples.started())), new byte[32]);
    }

    @Test
    void staysWithinItsBytesAndKeepsTheNewestWhateverIsRead() {
        long limit = 20L * block(1).weight();
        BlockCache cache = new BlockCache(limit);
        for (long number = 1; number <= 100; number++) {
            cache.addNewest(block(number));
        }
        for (long number = 1; number <= 90; number++) {
            cache.addRead(block(number));
        }

        assertThat(cache.bytes()).isLessThanOrEqualTo(limit);
        for (long number = 93; number <= 100; number++) {
            assertThat(cache.get(number)).isNotNull();
        }
        assertThat(cache.get(90)).isNotNull();
        assertThat(cache.get(50)).isNull();
    }

    @Test
    void keepsWhatIsReadAgain() {
        BlockCache cache = new BlockCache(20L * block(1).weight());
        for (long number = 1; number <= 100; number++) {
            cache.addRead(block(number));
            if (number > 1) {
                assertThat(cache.get(1)).isNotNull();
            }
        }
    }

    @Test
    void holdsNothingThatIsLargerThanItself() {
        BlockCache cache = new BlockCache(10);
        cache.addNewest(block(1));
        cache.addRead(block(2));

        assertThat(cache.bytes()).isZero();
        assertThat(cache.get(1)).isNull();
    }
}
