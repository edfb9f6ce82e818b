package cn.plumbline.command;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.Recorded;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.core.DelayedMessageStream;
import org.axonframework.messaging.core.Message;
import org.axonframework.messaging.core.MessageStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Decisions on a record with more events than are read anew each time. */
class LongHistoriesTest {

    private static final int RENAMES = 100;
    private static final LocalDate FIRST = LocalDate.parse("2015-01-01");

    private final EventStorageEngine journal = new InMemoryEventStorageEngine();
    private final AtomicInteger read = new AtomicInteger();
    private final TestSystem here = new TestSystem(counting());
    private final TestSystem there = new TestSystem(journal);

    /** The journal, whose reads end on threads of its own, and how many entries of it are read. */
    private EventStorageEngine counting() {
        return (EventStorageEngine) Proxy.newProxyInstance(
                EventStorageEngine.class.getClassLoader(),
                new Class<?>[] {EventStorageEngine.class},
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(journal, arguments);
                        return method.getName().equals("source")
                                ? later(((MessageStream<?>) result).onNext(entry -> read.incrementAndGet()))
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static <M extends Message> MessageStream<M> later(MessageStream<M> entries) {
        return DelayedMessageStream.create(CompletableFuture.supplyAsync(() -> entries));
    }

    @BeforeEach
    void aUnitThatWasRenamedOften() {
        here.given("RegisterUnit", "{'unitId':'u','name':'名','category':'OTHER','level':'PROVINCE'}");
        for (int day = 1; day <= RENAMES; day++) {
            here.given("RenameUnit", rename(day));
        }
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private static String rename(int day) {
        return "{'unitId':'u','name':'名" + day + "','on':'" + FIRST.plusDays(day) + "'}";
    }

    @Test
    void readOnlyWhatCameAfterTheLastDecision() {
        read.set(0);
        here.given("RenameUnit", rename(RENAMES + 1));
        assertThat(read.get()).isLessThan(RENAMES / 2);
    }

    @Test
    void seeWhatAnotherProcessHasRecordedSince() {
        there.given("RenameUnit", rename(RENAMES + 10));
        assertThat(here.codes("RenameUnit", rename(RENAMES + 9))).containsExactly("DATE_BEFORE_LAST_CHANGE");
        assertThat(here.decide("RenameUnit", rename(RENAMES + 11))).isInstanceOf(Outcome.Accepted.class);
        assertThat(there.codes("RenameUnit", rename(RENAMES + 10))).containsExactly("DATE_BEFORE_LAST_CHANGE");
    }

    @Test
    void seeWhatWasVoidedSince() {
        assertThat(here.codes("RenameUnit", rename(RENAMES - 1))).containsExactly("DATE_BEFORE_LAST_CHANGE");
        Recorded<?> last = there.history().getLast();
        assertThat(there.decideAs(
                        TestSystem.CLERK2,
                        "VoidRecord",
                        "{'targetEventId':'" + last.id() + "','reason':'误录','approval':{'level':'ORGAN_HEAD',"
                                + "'approverId':'boss','approvedOn':'2026-11-20'}}"))
                .isInstanceOf(Outcome.Accepted.class);
        assertThat(here.decide("RenameUnit", rename(RENAMES - 1))).isInstanceOf(Outcome.Accepted.class);
    }
}
