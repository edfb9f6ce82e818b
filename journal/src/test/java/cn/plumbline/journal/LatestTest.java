package cn.plumbline.journal;

import static cn.plumbline.journal.Samples.started;
import static cn.plumbline.journal.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.plumbline.journal.FaultyBlockStore.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asking for the head as it is, which other processes move. */
class LatestTest implements OpensLogs {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** Longer than the test: nothing is seen that was not looked for. */
    private static final JournalSettings SELDOM =
            JournalSettings.of("journal", "test").withPollInterval(Duration.ofHours(1));

    private final FaultyBlockStore store = new FaultyBlockStore();
    private final List<EventLog> logs = new ArrayList<>();

    private EventLog open(FaultyBlockStore line, JournalSettings settings) {
        EventLog log = opened(Journal.open(line, settings));
        logs.add(log);
        return log;
    }

    @AfterEach
    void close() {
        logs.forEach(EventLog::close);
    }

    private static Mono<Appended> append(EventLog journal) {
        return journal.append(List.of(started(unit(1))), AppendCondition.none());
    }

    @Test
    void seesWhatAnotherProcessHasAppended() {
        EventLog here = open(store, SELDOM);
        EventLog there = open(store.sibling(), SELDOM);
        long appended = append(there).block(LIMIT).last();

        assertThat(appended).isEqualTo(1);
        assertThat(here.head()).isZero();
        assertThat(here.latest().block(LIMIT)).isEqualTo(appended);
        assertThat(here.head()).isEqualTo(appended);
    }

    @Test
    void seesItWhileBothAppend() {
        EventLog here = open(store, SELDOM);
        EventLog there = open(store.sibling(), SELDOM);
        Flux<Appended> busy = Flux.range(0, 400).flatMap(i -> append(here), 16);
        Mono<Long> asking = append(there)
                .flatMap(appended -> here.latest()
                        .doOnNext(latest -> assertThat(latest).isGreaterThanOrEqualTo(appended.last()))
                        .doOnNext(latest -> assertThat(here.head()).isGreaterThanOrEqualTo(latest)))
                .repeat(100)
                .count();

        assertThat(Mono.zip(busy.count(), asking).block(LIMIT)).isNotNull();
        assertThat(here.latest().block(LIMIT)).isEqualTo(501);
    }

    @Test
    void isToldOfADatabaseThatDoesNotAnswer() {
        EventLog here = open(store, SELDOM.withPatience(Duration.ofMillis(200)));
        store.otherwise(() -> Fault.REQUEST_STUCK);
        assertThatThrownBy(() -> here.latest().block(LIMIT)).isInstanceOf(JournalUnavailable.class);
        store.otherwise(() -> Fault.NONE);
        assertThat(append(here).then(here.latest()).block(LIMIT)).isEqualTo(1);
    }

    @Test
    void readsNothingWhereThisProcessIsAlone() {
        EventLog here = open(store, SELDOM.withPollInterval(Duration.ZERO));
        var unused = append(here).block(LIMIT);
        store.otherwise(() -> Fault.REQUEST_STUCK);
        assertThat(here.latest().block(LIMIT)).isEqualTo(1);
        store.otherwise(() -> Fault.NONE);
    }

    @Test
    void endsWithTheJournal() {
        EventLog here = open(store, SELDOM);
        here.close();
        assertThatThrownBy(() -> here.latest().block(LIMIT)).isInstanceOf(JournalUnavailable.class);
    }
}
