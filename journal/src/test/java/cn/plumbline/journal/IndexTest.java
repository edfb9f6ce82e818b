package cn.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IndexTest {

    private static final TagHash HASH = new TagHash(new byte[16]);

    private record Fact(String type, Set<Tag> tags) {}

    private static long[] hashes(Set<Tag> tags) {
        return tags.stream().mapToLong(HASH::of).toArray();
    }

    private static List<Integer> all(Scan scan) {
        List<Integer> found = new ArrayList<>();
        for (int position = scan.next(); position != Scan.END; position = scan.next()) {
            found.add(position);
        }
        return found;
    }

    @Nested
    class AScan {

        @Test
        void findsWhatComparingEveryEventFinds() {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            for (long base : new long[] {0, 41}) {
                Index index = new Index(HASH, base, base == 0 ? 4 : 0);
                List<Fact> facts = new ArrayList<>();
                for (int i = 0; i < 3000; i++) {
                    Fact fact = new Fact("t" + random.nextInt(5), randomTags(random, i));
                    facts.add(fact);
                    index.add(fact.type, hashes(fact.tags));
                }
                for (int i = 0; i < 2000; i++) {
                    Criteria criteria = randomCriteria(random);
                    long after = random.nextInt(3200);
                    long upTo = Math.min(after + random.nextInt(3200), base + facts.size());
                    assertThat(all(index.scan(criteria, after, upTo)))
                            .as("seed %d: %s in (%d, %d] above %d", seed, criteria, after, upTo, base)
                            .isEqualTo(compared(facts, base, criteria, after, upTo));
                }
            }
        }

        private static Set<Tag> randomTags(Random random, int i) {
            Set<Tag> tags = new HashSet<>();
            tags.add(new Tag("command", Integer.toString(i)));
            for (int left = random.nextInt(4); left > 0; left--) {
                tags.add(new Tag("k" + random.nextInt(2), Integer.toString(random.nextInt(20))));
            }
            return tags;
        }

        private static Criteria randomCriteria(Random random) {
            List<Criterion> items = new ArrayList<>();
            for (int left = random.nextInt(4); left > 0; left--) {
                Set<String> types = new HashSet<>();
                for (int more = random.nextInt(3); more > 0; more--) {
                    types.add("t" + random.nextInt(7));
                }
                Set<Tag> tags = new HashSet<>();
                for (int more = random.nextInt(3); more > 0; more--) {
                    tags.add(
                            random.nextInt(4) == 0
                                    ? new Tag("command", Integer.toString(random.nextInt(3000)))
                                    : new Tag("k" + random.nextInt(2), Integer.toString(random.nextInt(22))));
                }
                items.add(new Criterion(types, tags));
            }
            return new Criteria(items);
        }

        private static List<Integer> compared(List<Fact> facts, long base, Criteria criteria, long after, long upTo) {
            List<Integer> found = new ArrayList<>();
            for (long position = Math.max(after, base) + 1; position <= upTo; position++) {
                Fact fact = facts.get((int) (position - base - 1));
                if (criteria.matches(fact.type, fact.tags)) {
                    found.add((int) position);
                }
            }
            return found;
        }

        @Test
        void onOtherThreadsSeesEverythingThatWasPublishedToThem() {
            Index index = new Index(HASH, 0, 2);
            AtomicInteger published = new AtomicInteger();
            int count = 200_000;
            Tag shared = new Tag("organ", "1");
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                for (int i = 1; i <= count; i++) {
                    Set<Tag> tags = Set.of(shared, new Tag("unit", Integer.toString(i % 1000)));
                    index.add("t" + i % 3, hashes(tags));
                    published.setRelease(i);
                }
            });
            Random random = new Random();
            while (!writer.isDone() || published.get() == 0) {
                int head = published.getAcquire();
                int unit = random.nextInt(1000);
                int expected = head < unit ? 0 : (head - unit) / 1000 + (unit == 0 ? 0 : 1);
                assertThat(all(index.scan(Criteria.tags(new Tag("unit", Integer.toString(unit))), 0, head)))
                        .hasSize(expected);
                assertThat(index.scan(Criteria.tags(shared), Math.max(0, head - 1), head)
                                .next())
                        .isEqualTo(head == 0 ? Scan.END : head);
            }
            assertThat(writer).succeedsWithin(1, TimeUnit.SECONDS);
        }
    }

    @Nested
    class ATagTable {

        @Test
        void keepsOneTwoAndManyPositionsOfAHash() {
            TagTable table = new TagTable(1);
            for (int position = 1; position <= 5000; position++) {
                table.add(position % 2 == 0 ? 42 : -position, position);
            }
            assertThat(table.find(42).size()).isEqualTo(2500);
            assertThat(table.find(42).contains(4000)).isTrue();
            assertThat(table.find(42).contains(4001)).isFalse();
            assertThat(table.find(-4999).get(0)).isEqualTo(4999);
            assertThat(table.find(43)).isNull();
        }

        @Test
        void countsAnEventOnceWhoseTagsCollide() {
            TagTable table = new TagTable(0);
            table.add(7, 1);
            table.add(7, 1);
            table.add(7, 2);
            table.add(7, 2);
            assertThat(table.find(7).size()).isEqualTo(2);
        }
    }
}
