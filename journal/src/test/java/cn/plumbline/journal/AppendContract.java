package cn.plumbline.journal;

import static cn.plumbline.journal.Samples.ENDED;
import static cn.plumbline.journal.Samples.STARTED;
import static cn.plumbline.journal.Samples.either;
import static cn.plumbline.journal.Samples.ended;
import static cn.plumbline.journal.Samples.event;
import static cn.plumbline.journal.Samples.group;
import static cn.plumbline.journal.Samples.item;
import static cn.plumbline.journal.Samples.noneOf;
import static cn.plumbline.journal.Samples.started;
import static cn.plumbline.journal.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.plumbline.journal.Collision.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What an append promises. */
public abstract class AppendContract extends Contract {

    @Test
    void positionsAreGaplessFromOne() {
        assertThat(append(started()))
                .extracting(Appended::first, Appended::last)
                .containsExactly(1L, 1L);
        assertThat(append(started(), ended()))
                .extracting(Appended::first, Appended::last)
                .containsExactly(2L, 3L);
        assertThat(append(started(), ended(), started()))
                .extracting(Appended::first, Appended::last)
                .containsExactly(4L, 6L);
        assertThat(log().head()).isEqualTo(6);
    }

    @Test
    void anEventComesBackAsItWasAppended() {
        NewEvent appended = new NewEvent(
                "c-1.1",
                "sample.Noted",
                "7",
                Instant.parse("1999-12-31T23:59:59.999999Z"),
                Set.of(unit("蒙-001"), group("g:with:colons")),
                Map.of("actor", "人员-001", "basis", "[{\"docId\":\"厅发〔2015〕\\n1号\"}]"),
                bytes("{ \"b\": [1.50, \"\\u20ac\", null], \"a\": {\"z\":true, \"y\":\"\\ud83d\\ude00\"} }"));

        append(appended);

        StoredEvent stored = read(log().event(1));
        assertThat(stored.position()).isEqualTo(1);
        assertThat(stored.id()).isEqualTo("c-1.1");
        assertThat(stored.type()).isEqualTo("sample.Noted");
        assertThat(stored.version()).isEqualTo("7");
        assertThat(stored.time()).isEqualTo(appended.time());
        assertThat(stored.tags()).isEqualTo(appended.tags());
        assertThat(stored.metadata()).isEqualTo(appended.metadata());
        assertThat(stored.payload()).asString().isEqualTo("{\"a\":{\"y\":\"😀\",\"z\":true},\"b\":[1.5,\"€\",null]}");
    }

    @Test
    void anAppendIsRefusedWhenAnEventAboveTheMarkerMatches() {
        append(started(unit(1)));
        append(started(unit(2)));
        append(started(unit(1)));

        assertThatThrownBy(() -> append(noneOf(1, unit(1)), ended(unit(1))))
                .isInstanceOfSatisfying(AppendConflict.class, conflict -> {
                    assertThat(conflict.marker()).isEqualTo(1);
                    assertThat(conflict.position()).isEqualTo(3);
                });
        assertThat(log().head()).isEqualTo(3);
    }

    @Test
    void anAppendIsAcceptedWhenEveryMatchingEventHasBeenSeen() {
        append(started(unit(1)));
        append(started(unit(2)));

        assertThat(append(noneOf(1, unit(1)), ended(unit(1))).last()).isEqualTo(3);
    }

    @Test
    void aCriterionMeansAllOfItsTags() {
        append(started(unit(1), group(1)));
        append(started(unit(2), group(2)));

        assertThat(append(noneOf(0, unit(1), group(2)), ended()).last()).isEqualTo(3);
        assertThatThrownBy(() -> append(noneOf(0, unit(2), group(2)), ended())).isInstanceOf(AppendConflict.class);
    }

    @Test
    void aCriterionMeansOneOfItsTypes() {
        append(started(unit(1)));

        Criteria ends = either(item(Set.of(ENDED), unit(1)));
        assertThat(append(new AppendCondition(0, ends), ended(unit(1))).last()).isEqualTo(2);

        Criteria both = either(item(Set.of(ENDED, STARTED), unit(1)));
        assertThatThrownBy(() -> append(new AppendCondition(1, both), ended(unit(1))))
                .isInstanceOf(AppendConflict.class);
    }

    @Test
    void criteriaMeanOneOfTheirItems() {
        append(started(unit(1)));
        append(ended(unit(2)));

        Criteria criteria = either(item(Set.of(ENDED), unit(1)), item(Set.of(), unit(2)));

        assertThatThrownBy(() -> append(new AppendCondition(1, criteria), started()))
                .isInstanceOfSatisfying(
                        AppendConflict.class,
                        conflict -> assertThat(conflict.position()).isEqualTo(2));
        assertThat(append(new AppendCondition(2, criteria), started()).last()).isEqualTo(3);
    }

    @Test
    void aMarkerBeyondTheHeadSeesWhatComesNext() {
        append(started(unit(1)));

        assertThat(append(noneOf(50, unit(1)), started(unit(1))).last()).isEqualTo(2);
    }

    @RepeatedTest(5)
    void ofRacingAppendsUnderOneConditionExactlyOneWins() throws Exception {
        List<Outcome<Appended>> outcomes = Collision.collide(
                32, limit(), i -> log().append(List.of(started(unit(1)), ended(unit(1))), noneOf(0, unit(1))));

        assertThat(outcomes.stream().filter(Outcome::succeeded)).hasSize(1);
        assertThat(outcomes.stream().filter(outcome -> !outcome.succeeded()).map(Outcome::failure))
                .allSatisfy(failure -> assertThat(failure).isInstanceOf(AppendConflict.class));
        assertThat(log().head()).isEqualTo(2);
    }

    /** Or he would decide again on the facts of before, and be refused again. */
    @RepeatedTest(5)
    void whoIsRefusedFindsWhatStandsInHisWay() throws Exception {
        List<Outcome<Set<Tag>>> outcomes = Collision.collide(
                32,
                limit(),
                i -> log().append(List.of(started(unit(1))), noneOf(0, unit(1)))
                        .map(appended -> Set.<Tag>of())
                        .onErrorResume(
                                AppendConflict.class,
                                conflict -> log().event(conflict.position()).map(StoredEvent::tags)));

        assertThat(outcomes).allMatch(Outcome::succeeded);
        assertThat(outcomes.stream().filter(outcome -> outcome.value().contains(unit(1))))
                .hasSize(31);
    }

    @RepeatedTest(5)
    void appendsWithDisjointTagsDoNotCollide() throws Exception {
        List<Outcome<Appended>> outcomes =
                Collision.collide(32, limit(), i -> log().append(List.of(started(unit(i))), noneOf(0, unit(i))));

        assertThat(outcomes).allMatch(Outcome::succeeded);
        assertThat(outcomes.stream().map(outcome -> outcome.value().first()))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 32).boxed().toList());
    }

    @Test
    void aBatchIsVisibleAsAWholeOrNotAtAll() {
        int batchSize = 7;
        List<NewEvent> batch = new ArrayList<>();
        for (int i = 0; i < batchSize; i++) {
            batch.add(started(unit(i)));
        }
        Mono<Void> appending = Flux.range(0, 200)
                .flatMap(i -> log().append(batch, AppendCondition.none()), 16)
                .then();
        Flux<Long> seen = Mono.fromSupplier(() -> log().head())
                .flatMapMany(head -> log().read(Criteria.all(), 0, Long.MAX_VALUE)
                        .count()
                        .flatMapMany(count -> Flux.just(head, count)))
                .repeat(200)
                .subscribeOn(Schedulers.boundedElastic());

        List<Long> positions = Flux.merge(appending.thenMany(Flux.<Long>empty()), seen)
                .collectList()
                .block(limit());

        assertThat(log().head()).isEqualTo(200L * batchSize);
        assertThat(positions).hasSize(402).allMatch(position -> position % batchSize == 0);
    }

    @Test
    void anAppendThatIsNotJsonLeavesNoTrace() {
        for (String broken : List.of("", "{", "{\"a\":1,\"a\":2}", "{} {}", "12345678901234567890", "\"\\ud800\"")) {
            assertThatThrownBy(() -> append(started(), event(STARTED, broken)))
                    .as(broken)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(append(started()).last()).isEqualTo(1);
    }

    @Test
    void anAppendOfNothingIsAMistake() {
        assertThatThrownBy(() -> append()).isInstanceOf(IllegalArgumentException.class);
    }
}
