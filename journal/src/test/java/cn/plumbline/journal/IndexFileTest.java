package cn.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexFileTest {

    private final long seed = Long.getLong("plumbline.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomChain randomChain = new RandomChain(random);
    private final Chain chain = randomChain.chain();

    @TempDir
    private Path directory;

    private IndexFile file() {
        return new IndexFile(directory, "journal");
    }

    private Path path() {
        return directory.resolve("journal.index");
    }

    private static List<Integer> all(Scan scan) {
        List<Integer> found = new ArrayList<>();
        for (int position = scan.next(); position != Scan.END; position = scan.next()) {
            found.add(position);
        }
        return found;
    }

    /** Holds a state against the chain, as far as its head, by everything that can be asked of it. */
    private void assertIsBeginningOfTheChain(ChainState state) {
        long position = state.head().position();
        long count = state.head().block();
        assertThat(chain.lastOf(count, chain.head())).as("seed %d", seed).isEqualTo(position);
        assertThat(state.head().at()).isEqualTo(chain.directory().at(count));
        for (int i = 0; i < 200; i++) {
            Criteria criteria = randomChain.criteria();
            long after = random.nextInt((int) position + 1);
            long upTo = criteria.isAll() ? position : Index.LAST_POSITION;
            assertThat(all(state.index().scan(criteria, after, upTo)))
                    .as("seed %d: %s above %d", seed, criteria, after)
                    .isEqualTo(all(chain.index().scan(criteria, after, position)));
        }
        for (int block = 1; block <= count; block++) {
            assertThat(state.directory().first(block))
                    .isEqualTo(chain.directory().first(block));
            assertThat(state.directory().at(block)).isEqualTo(chain.directory().at(block));
            assertThat(state.directory().latestMicros(block))
                    .isEqualTo(chain.directory().latestMicros(block));
            assertThat(state.directory().weight(block))
                    .isEqualTo(chain.directory().weight(block));
            assertThat(state.directory().isAsSeen(randomChain.blocks().get(block - 1), state.tagHash()))
                    .isTrue();
        }
        for (int level = 1; level <= SubtreeRoots.LEVELS; level++) {
            for (long i = 0; i < position >> (level * SubtreeRoots.FANOUT_BITS); i++) {
                assertThat(state.roots().get(level, i)).isEqualTo(chain.roots().get(level, i));
            }
        }
    }

    @Nested
    class AStateThatIsReadAgain {

        @Test
        void answersLikeTheOneThatWasWritten() throws IOException {
            for (long position : new long[] {1, 2, 255, 256, 257, 1000, 3000}) {
                randomChain.extendTo(position);
                file().write(chain.state());
                ChainState read = file().read();
                assertThat(read.head().block()).isEqualTo(chain.head().block());
                assertThat(read.head().treeHead()).isEqualTo(chain.head().treeHead());
                assertIsBeginningOfTheChain(read);
            }
        }

        @Test
        void goesOnLikeTheOneThatWasWritten() throws IOException {
            randomChain.extendTo(700);
            file().write(chain.state());
            Chain again = RandomChain.from(file().read());
            for (int i = 0; i < 50; i++) {
                List<PreparedEvent> events = randomChain.events(1 + random.nextInt(40));
                MerkleFrontier.Growth growth = again.successor(events).growth();
                randomChain.extend(events);
                again.extend(new Chain.Successor(randomChain.blocks().getLast(), events, growth));
            }
            assertThat(again.head().treeHead()).isEqualTo(chain.head().treeHead());
            assertIsBeginningOfTheChain(again.state());
            file().write(again.state());
            assertIsBeginningOfTheChain(file().read());
        }

        /** The tile level above the first is full here: 65 536 leaves and more. */
        @Test
        void hasTheRootsOfAllLevels() throws IOException {
            while (chain.head().position() < 66_000) {
                randomChain.extend(randomChain.events(1500));
            }
            file().write(chain.state());
            ChainState read = file().read();
            assertThat(read.head().treeHead()).isEqualTo(chain.head().treeHead());
            assertThat(read.roots().get(2, 0)).isEqualTo(chain.roots().get(2, 0));
        }
    }

    @Nested
    class AWriteWhileOthersAppend {

        @Test
        void holdsWhatWasThereWhenItBeganAndNothingElse() throws Exception {
            List<List<PreparedEvent>> prepared = new ArrayList<>();
            for (int i = 0; i < 1500; i++) {
                prepared.add(randomChain.events(1 + random.nextInt(30)));
            }
            randomChain.extend(prepared.getFirst());
            CompletableFuture<Void> writer = CompletableFuture.runAsync(
                    () -> prepared.subList(1, prepared.size()).forEach(randomChain::extend));
            List<ChainState> sample = new ArrayList<>();
            for (int count = 1; !writer.isDone(); count++) {
                ChainState state = chain.state();
                file().write(state);
                ChainState read = file().read();
                assertThat(read.head().block()).isEqualTo(state.head().block());
                assertThat(read.head().treeHead()).isEqualTo(state.head().treeHead());
                if (Integer.bitCount(count) == 1) {
                    sample.add(read);
                }
            }
            assertThat(writer).succeedsWithin(1, TimeUnit.MINUTES);
            assertThat(sample).isNotEmpty().allSatisfy(IndexFileTest.this::assertIsBeginningOfTheChain);
        }
    }

    @Nested
    class TheFile {

        @Test
        void isForItsOwnerOnlyAndLeavesNothingBeside() throws IOException {
            Path inner = directory.resolve("a/cache");
            randomChain.extendTo(10);
            Files.createDirectories(inner);
            Files.writeString(inner.resolve("journal.index.new"), "what a killed process has left");
            IndexFile file = new IndexFile(inner, "journal");
            file.write(chain.state());
            file.write(chain.state());
            try (var files = Files.list(inner)) {
                assertThat(files.map(path -> path.getFileName().toString())).containsExactly("journal.index");
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inner)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inner.resolve("journal.index"))))
                    .isEqualTo("rw-------");
        }

        @Test
        void thatCannotBeWrittenLeavesTheOneBefore() throws IOException {
            randomChain.extendTo(10);
            file().write(chain.state());
            byte[] before = Files.readAllBytes(path());
            Files.createDirectories(directory.resolve("journal.index.new/full"));
            randomChain.extendTo(20);
            assertThatThrownBy(() -> file().write(chain.state())).isInstanceOf(IOException.class);
            assertThat(path()).hasBinaryContent(before);
        }

        @Test
        void thatIsNotThereIsToldFromOneThatIsOfNoUse() {
            assertThatThrownBy(() -> file().read()).isInstanceOf(NoSuchFileException.class);
        }

        @Test
        void ofAnotherJournalIsRefused() throws IOException {
            randomChain.extendTo(10);
            new IndexFile(directory, "attempts").write(chain.state());
            Files.move(directory.resolve("attempts.index"), path());
            assertThatThrownBy(() -> file().read())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("of the journal attempts");
        }

        @Test
        void ofAnotherFormatIsRefused() throws IOException {
            randomChain.extendTo(10);
            file().write(chain.state());
            byte[] bytes = Files.readAllBytes(path());
            bytes[Long.BYTES] = 2;
            sealed(bytes);
            assertThatThrownBy(() -> file().read())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("format 2");
        }
    }

    @Nested
    class ADamagedFile {

        private byte[] whole;

        private void given() throws IOException {
            randomChain.extendTo(70);
            file().write(chain.state());
            whole = Files.readAllBytes(path());
        }

        @Test
        void isRefusedWhereverItIsCutOff() throws IOException {
            given();
            for (int length = 0; length < whole.length; length++) {
                Files.write(path(), Arrays.copyOf(whole, length));
                assertThatItIsRefused("cut off at " + length);
            }
            Files.write(path(), Arrays.copyOf(whole, whole.length + 1));
            assertThatItIsRefused("longer");
        }

        @Test
        void isRefusedWhicheverByteIsAnother() throws IOException {
            given();
            for (int at = 0; at < whole.length; at++) {
                byte[] bytes = whole.clone();
                bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                Files.write(path(), bytes);
                assertThatItIsRefused("another byte at " + at);
            }
        }

        private void assertThatItIsRefused(String how) {
            assertThatThrownBy(() -> file().read()).as("seed %d: %s", seed, how).isInstanceOf(IOException.class);
        }

        /** Somebody who knows the format; whatever he writes, reading it neither fails otherwise nor takes for ever. */
        @Test
        void withARightChecksumIsRefusedOrReadAndNothingElse() throws IOException {
            given();
            int refused = 0;
            for (int i = 0; i < 1000; i++) {
                byte[] bytes = whole.clone();
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    int at = Long.BYTES + 1 + random.nextInt(bytes.length - Long.BYTES - 33);
                    bytes[at] = (byte) random.nextInt(256);
                }
                sealed(bytes);
                try {
                    assertThat(file().read().head().position())
                            .as("seed %d", seed)
                            .isPositive();
                } catch (IOException expected) {
                    refused++;
                }
            }
            assertThat(refused).as("seed %d", seed).isBetween(100, 999);
        }
    }

    /** Stores a file whose checksum is right. */
    private void sealed(byte[] bytes) throws IOException {
        byte[] content = Arrays.copyOf(bytes, bytes.length - 32);
        MessageDigest sha256 = Sha256.digest();
        Files.write(
                path(),
                ByteBuffer.allocate(bytes.length)
                        .put(content)
                        .put(sha256.digest(content))
                        .array());
    }

    @Test
    void numbersOfEveryLengthComeBack() throws IOException {
        long[] numbers = LongStream.concat(
                        LongStream.of(0, -1, Long.MIN_VALUE),
                        LongStream.range(0, 63).flatMap(bit -> LongStream.of((1L << bit) - 1, 1L << bit)))
                .toArray();
        Path file = directory.resolve("numbers");
        try (var channel = Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            IndexOutput out = new IndexOutput(channel);
            for (int round = 0; round < 1000; round++) {
                for (long number : numbers) {
                    out.putVarint(number);
                    out.putLong(number);
                }
            }
            out.finish();
        }
        try (var channel = FileChannel.open(file)) {
            IndexInput in = new IndexInput(channel);
            assertThat(in.isWhole()).isTrue();
            for (int round = 0; round < 1000; round++) {
                for (long number : numbers) {
                    assertThat(in.readVarint()).isEqualTo(number);
                    assertThat(in.readLong()).isEqualTo(number);
                }
            }
            assertThat(in.remaining()).isZero();
            assertThatThrownBy(in::readLong).isInstanceOf(IOException.class);
        }
    }
}
