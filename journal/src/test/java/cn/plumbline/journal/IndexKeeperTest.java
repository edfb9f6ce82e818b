package cn.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

/** When a keeper writes the file, in virtual time. */
class IndexKeeperTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    private final RandomChain chain = new RandomChain(new Random(Long.getLong("plumbline.seed", System.nanoTime())));

    @Test
    void writesAfterAPauseIfEnoughIsNew() {
        IndexKeeper keeper = new IndexKeeper("journal", new IndexSettings(directory, PAUSE, 50));
        assertThat(StepVerifier.withVirtualTime(() -> keeper.keepOn(chain.chain()))
                        .expectSubscription()
                        .then(() -> chain.extendTo(49))
                        .thenAwait(PAUSE)
                        .then(this::assertThatThereIsNone)
                        .then(() -> chain.extendTo(50))
                        .thenAwait(PAUSE.minusMillis(1))
                        .then(this::assertThatThereIsNone)
                        .thenAwait(Duration.ofMillis(1))
                        .then(() -> assertThatItHolds(50))
                        .then(() -> chain.extendTo(6450))
                        .thenAwait(PAUSE)
                        .then(() -> assertThatItHolds(6450))
                        .then(() -> chain.extendTo(6450 + 200))
                        .thenAwait(PAUSE)
                        .then(() -> assertThatItHolds(6450))
                        .then(() -> chain.extendTo(6450 + 201))
                        .thenAwait(PAUSE)
                        .then(() -> assertThatItHolds(6651))
                        .thenCancel()
                        .verify(LIMIT))
                .isPositive();
    }

    private void assertThatThereIsNone() {
        assertThat(directory.resolve("journal.index")).doesNotExist();
    }

    private void assertThatItHolds(int events) {
        try {
            assertThat(new IndexFile(directory, "journal").read().head().position())
                    .isEqualTo(events);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
