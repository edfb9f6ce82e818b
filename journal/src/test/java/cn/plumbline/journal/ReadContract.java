package cn.plumbline.journal;

import static cn.plumbline.journal.Samples.ENDED;
import static cn.plumbline.journal.Samples.STARTED;
import static cn.plumbline.journal.Samples.either;
import static cn.plumbline.journal.Samples.ended;
import static cn.plumbline.journal.Samples.group;
import static cn.plumbline.journal.Samples.item;
import static cn.plumbline.journal.Samples.positions;
import static cn.plumbline.journal.Samples.started;
import static cn.plumbline.journal.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** What a read promises. */
public abstract class ReadContract extends Contract {

    @Test
    void aReadHasTheEventsAboveOnePositionUpToAnother() {
        append(started(), started(), started());
        append(started(), started());

        assertThat(positions(read(log().read(Criteria.all(), 0, 5)))).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(positions(read(log().read(Criteria.all(), 1, 4)))).containsExactly(2L, 3L, 4L);
        assertThat(positions(read(log().read(Criteria.all(), 4, Long.MAX_VALUE))))
                .containsExactly(5L);
        assertThat(read(log().read(Criteria.all(), 5, 9))).isEmpty();
    }

    @Test
    void aReadHasTheEventsThatMatch() {
        append(started(unit(1), group(1)), started(unit(2), group(1)), ended(unit(1), group(1)));
        append(started(unit(1), group(2)));

        assertThat(matching(Criteria.tags(unit(1)))).containsExactly(1L, 3L, 4L);
        assertThat(matching(Criteria.tags(unit(1), group(1)))).containsExactly(1L, 3L);
        assertThat(matching(Criteria.tags(unit(9)))).isEmpty();
        assertThat(matching(Criteria.types(Set.of(ENDED)))).containsExactly(3L);
        assertThat(matching(Criteria.types(Set.of(ENDED, STARTED)))).containsExactly(1L, 2L, 3L, 4L);
        assertThat(matching(either(item(Set.of(STARTED), unit(1))))).containsExactly(1L, 4L);
        assertThat(matching(either(item(Set.of(ENDED), unit(2)), item(Set.of(), group(2)), item(Set.of(), unit(2)))))
                .containsExactly(2L, 4L);
        assertThat(matching(Criteria.nothing())).isEmpty();
        assertThat(matching(either(item(Set.of(ENDED)), item(Set.of())))).containsExactly(1L, 2L, 3L, 4L);
    }

    private List<Long> matching(Criteria criteria) {
        return positions(read(log().read(criteria, 0, Long.MAX_VALUE)));
    }

    @Test
    void theIndexNamesTheNextMatch() {
        append(started(unit(1)), ended(unit(1)), started(unit(2)), ended(unit(1)));

        assertThat(log().next(Criteria.tags(unit(1)), 0)).isEqualTo(OptionalLong.of(1));
        assertThat(log().next(Criteria.tags(unit(1)), 2)).isEqualTo(OptionalLong.of(4));
        assertThat(log().next(Criteria.tags(unit(1)), 4)).isEmpty();
        assertThat(log().next(Criteria.all(), 3)).isEqualTo(OptionalLong.of(4));
        assertThat(log().next(either(item(Set.of(ENDED), unit(2))), 0)).isEmpty();
    }

    @Test
    void oneEventIsFoundByItsPosition() {
        append(started(unit(1)), ended(unit(1)));

        assertThat(read(log().event(2)).type()).isEqualTo(ENDED);
        assertThat(read(log().event(3))).isNull();
        assertThatThrownBy(() -> read(log().event(0))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatWasKnownAtAnInstantIsAPosition() {
        Instant recordedAt = append(started(), started()).recordedAt();

        assertThat(log().positionAt(recordedAt)).isEqualTo(2);
        assertThat(log().positionAt(recordedAt.plusSeconds(1))).isEqualTo(2);
        assertThat(log().positionAt(recordedAt.minusMillis(1))).isZero();
    }

    @Test
    void theFirstEventOfATimeIsFoundWhateverTheOrder() {
        append(at("2020-01-01T00:00:00Z"), at("2015-01-01T00:00:00Z"));
        append(at("2010-01-01T00:00:00Z"));
        append(at("2019-01-01T00:00:00Z"), at("2021-01-01T00:00:00.000001Z"));

        assertThat(read(log().firstSince(Instant.parse("2000-01-01T00:00:00Z"))))
                .isEqualTo(1);
        assertThat(read(log().firstSince(Instant.parse("2020-01-01T00:00:00Z"))))
                .isEqualTo(1);
        assertThat(read(log().firstSince(Instant.parse("2020-01-01T00:00:00.000000001Z"))))
                .isEqualTo(5);
        assertThat(read(log().firstSince(Instant.parse("2021-01-01T00:00:00.000002Z"))))
                .isNull();
    }

    private static NewEvent at(String time) {
        return new NewEvent("e", STARTED, "1", Instant.parse(time), Set.of(), Map.of(), bytes("{}"));
    }

    @Test
    void aReadOverManyBlocksIsInOrderAndAsFastAsAskedFor() {
        int count = 300;
        await(Flux.range(1, count)
                .concatMap(i -> log().append(List.of(started(unit(i % 10))), AppendCondition.none())));
        reopen();

        assertThat(positions(read(log().read(Criteria.all(), 0, count))))
                .isEqualTo(LongStream.rangeClosed(1, count).boxed().toList());
        assertThat(matching(Criteria.tags(unit(7)))).hasSize(30).allMatch(position -> position % 10 == 7);
        StepVerifier.create(log().read(Criteria.all(), 0, count).map(StoredEvent::position), 0)
                .thenRequest(2)
                .expectNext(1L, 2L)
                .thenRequest(1)
                .expectNext(3L)
                .thenRequest(Long.MAX_VALUE)
                .expectNextCount(count - 3L)
                .expectComplete()
                .verify(limit());
    }
}
