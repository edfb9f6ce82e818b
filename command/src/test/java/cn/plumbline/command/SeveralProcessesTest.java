package cn.plumbline.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A process that has not seen yet what another has recorded. */
class SeveralProcessesTest {

    private static final String RENAME = "{'unitId':'u','name':'新名','on':'2015-01-01'}";

    private final EventStorageEngine journal = new InMemoryEventStorageEngine();
    private final Late late = new Late();
    private final TestSystem there = new TestSystem(journal);
    private final TestSystem here = new TestSystem(late.engine(), late);

    /** Shows what was recorded before it began, until it is asked for the latest or has met it when appending. */
    private final class Late implements JournalHead {

        private final EventStorageEngine before = new InMemoryEventStorageEngine();
        private final AtomicBoolean caughtUp = new AtomicBoolean();
        private final AtomicInteger sourced = new AtomicInteger();

        EventStorageEngine engine() {
            return (EventStorageEngine) Proxy.newProxyInstance(
                    EventStorageEngine.class.getClassLoader(),
                    new Class<?>[] {EventStorageEngine.class},
                    (proxy, method, arguments) -> {
                        boolean sources = method.getName().equals("source");
                        sourced.addAndGet(sources ? 1 : 0);
                        EventStorageEngine target = sources && !caughtUp.get() ? before : journal;
                        caughtUp.compareAndSet(false, method.getName().equals("appendEvents"));
                        try {
                            return method.invoke(target, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @Override
        public long seen() {
            return caughtUp.get() ? there.head() : 0;
        }

        @Override
        public Mono<Long> latest() {
            return Mono.fromSupplier(() -> {
                caughtUp.set(true);
                return there.head();
            });
        }
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private static String unit(String id, String name) {
        return "{'unitId':'" + id + "','name':'" + name + "','category':'OTHER','level':'PROVINCE'}";
    }

    @Test
    void refusesNothingBecauseOfWhatItHasNotSeen() {
        there.given("RegisterUnit", unit("u", "旧名"));
        assertThat(here.decide("RenameUnit", RENAME)).isInstanceOf(Outcome.Accepted.class);
        assertThat(here.attempts).isEmpty();
    }

    @Test
    void doesWhatOnlySeemedToBeDone() {
        try (TestSystem seen = new TestSystem(late.before)) {
            seen.given("RegisterUnit", unit("u", "新名"));
        }
        there.given("RegisterUnit", unit("u", "旧名"));
        assertThat(here.decide("RenameUnit", RENAME))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.events()).hasSize(1));
    }

    @Test
    void keepsARefusalOnceHoweverOftenItWasDecided() {
        there.given("RegisterUnit", unit("u", "旧名"));
        assertThat(here.codes("RegisterUnit", unit("u", "第二"))).containsExactly("ID_ALREADY_USED");
        assertThat(here.attempts).hasSize(1);
    }

    @Test
    void decidesAgainOnlyWhenThereIsSomethingNew() {
        there.given("RegisterUnit", unit("u", "旧名"));
        String unknown = RENAME.replace("'u'", "'x'");
        assertThat(here.codes("RenameUnit", unknown)).containsExactly("UNIT_NOT_FOUND");
        int twice = late.sourced.get();
        assertThat(here.codes("RenameUnit", unknown)).containsExactly("UNIT_NOT_FOUND");
        assertThat(late.sourced.get()).isEqualTo(twice + twice / 2);
    }
}
