package cn.plumbline.command;

import static cn.plumbline.command.TestSystem.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.command.facts.Facts;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.Level;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.UnitCategory;
import cn.plumbline.events.UnitId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class RacesTest {

    private static final String BASIS = "'basis':[{'docNo':'文1'}]";
    private static final int HOT = 300;

    @RepeatedTest(5)
    void ofTwoClerksAtTheSameInstantOneWins() {
        try (TestSystem system = new TestSystem()) {
            prepare(system, 1);
            List<Outcome> outcomes = collide(2, i -> establish("G" + i, "u0"), i -> system);
            assertThat(outcomes.stream().filter(Outcome.Accepted.class::isInstance))
                    .hasSize(1);
            assertThat(outcomes.stream().flatMap(outcome -> TestSystem.codes(outcome).stream()))
                    .contains("UNIT_ALREADY_COVERED");
            assertThat(system.attempts).hasSize(1);
        }
    }

    @RepeatedTest(5)
    void ofManyProcessesOneWins() {
        EventStorageEngine engine = new InMemoryEventStorageEngine();
        List<TestSystem> systems =
                IntStream.range(0, 4).mapToObj(i -> new TestSystem(engine)).toList();
        prepare(systems.getFirst(), 1);
        List<Outcome> outcomes = collide(8, i -> establish("G" + i, "u0"), i -> systems.get(i % systems.size()));
        assertThat(outcomes.stream().filter(Outcome.Accepted.class::isInstance)).hasSize(1);
        assertThat(outcomes.stream().filter(outcome -> outcome instanceof Outcome.Rejected))
                .hasSize(7);
        systems.forEach(TestSystem::close);
    }

    @Test
    void hundredsOfGroupsOfOneOrganAreEstablishedAtOnce() {
        try (TestSystem system = new TestSystem()) {
            prepare(system, HOT);
            assertThat(collide(HOT, i -> establish("G" + i, "u" + i), i -> system))
                    .allMatch(Outcome.Accepted.class::isInstance);
        }
    }

    @Test
    void hundredsOfUnitsJoinOneGroupAtOnceInTheirOrder() {
        try (TestSystem system = new TestSystem()) {
            prepare(system, HOT + 1);
            system.given(
                    "EstablishDispatchGroup",
                    "{"
                            + establish("G", "u" + HOT)
                                    .substring("EstablishDispatchGroup ".length())
                                    .replace("STANDALONE", "OFFICE")
                            + "}");
            List<Outcome> outcomes = collide(
                    HOT,
                    i -> "AddUnitToGroup 'groupId':'G','unitId':'u" + i + "','effectiveFrom':'2016-01-01'," + BASIS,
                    i -> system);
            assertThat(outcomes).allMatch(Outcome.Accepted.class::isInstance);
            assertThat(facts(system).coverageBy(new GroupId("G"))).hasSize(HOT + 1);
            assertThat(system.history().stream()
                            .map(Recorded::event)
                            .filter(UnitCoverageStarted.class::isInstance)
                            .map(event -> ((UnitCoverageStarted) event).unitId().value())
                            .skip(1)) // that of the group's establishment
                    .containsExactlyElementsOf(
                            IntStream.range(0, HOT).mapToObj(i -> "u" + i).toList());
        }
    }

    @Test
    void aRepeatedCommandIsRecordedOnceHoweverOftenItComesAtOnce() {
        try (TestSystem system = new TestSystem()) {
            String key = UUID.randomUUID().toString();
            List<Outcome> outcomes = Flux.range(0, 50)
                    .flatMap(
                            i -> system.decisions.decide(TestSystem.request(
                                    "RegisterOrgan", "{'name':'省纪委','level':'PROVINCE'}", key, TestSystem.CLERK)),
                            50)
                    .collectList()
                    .block(LIMIT);
            assertThat(system.head()).isEqualTo(1);
            assertThat(outcomes.stream()
                            .map(outcome -> ((Outcome.Accepted) outcome).ids())
                            .distinct())
                    .hasSize(1);
            assertThat(outcomes.stream().filter(outcome -> !((Outcome.Accepted) outcome).replayed()))
                    .hasSize(1);
        }
    }

    @Test
    void whoLosesAgainAndAgainIsToldSo() {
        AtomicInteger appends = new AtomicInteger();
        EventStorageEngine engine = new InMemoryEventStorageEngine();
        EventStorageEngine losing = (EventStorageEngine) Proxy.newProxyInstance(
                EventStorageEngine.class.getClassLoader(),
                new Class<?>[] {EventStorageEngine.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("appendEvents")) {
                        appends.incrementAndGet();
                        return CompletableFuture.failedFuture(
                                AppendEventsTransactionRejectedException.conflictingEventsDetected(
                                        ConsistencyMarker.ORIGIN));
                    }
                    try {
                        return method.invoke(engine, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        try (TestSystem system = new TestSystem(losing)) {
            assertThat(system.decide("RegisterOrgan", "{'name':'省纪委','level':'PROVINCE'}"))
                    .isInstanceOf(Outcome.Conflict.class);
            assertThat(appends.get()).isBetween(2, 10);
            assertThat(system.attempts).isEmpty();
            assertThat(system.head()).isLessThanOrEqualTo(0);
        }
    }

    @Test
    void twoThousandUnitsComeUnderAGroupInOneCommand() {
        try (TestSystem system = new TestSystem()) {
            prepare(system, 2_000);
            String units =
                    IntStream.range(0, 2_000).mapToObj(i -> "'u" + i + "'").collect(Collectors.joining(","));
            Outcome.Accepted accepted = system.given(
                    "EstablishDispatchGroup",
                    "{'groupId':'G','organId':'O','kind':'GROUPED','name':'大组','unitIds':[" + units
                            + "],'effectiveFrom':'2015-01-01'," + BASIS + "}");
            assertThat(accepted.events()).hasSize(2_001);
            assertThat(facts(system).unit(new UnitId("u1999")).coverage().all()).hasSize(1);
        }
    }

    private static void prepare(TestSystem system, int units) {
        system.given("RegisterOrgan", "{'organId':'O','name':'省纪委','level':'PROVINCE'}");
        system.record(IntStream.range(0, units)
                .mapToObj(i -> new UnitRegistered(
                        new UnitId("u" + i), "厅" + i, null, UnitCategory.OTHER, Level.PROVINCE, null))
                .toList());
    }

    private static String establish(String group, String unit) {
        return "EstablishDispatchGroup 'groupId':'" + group + "','organId':'O','kind':'STANDALONE','name':'驻" + group
                + "组','unitIds':['" + unit + "'],'effectiveFrom':'2015-01-01'," + BASIS;
    }

    /** Submits all at once; one outcome per command. */
    private static List<Outcome> collide(int n, IntFunction<String> command, IntFunction<TestSystem> where) {
        return Flux.range(0, n)
                .flatMap(
                        i -> {
                            String text = command.apply(i);
                            int space = text.indexOf(' ');
                            return where.apply(i)
                                    .decisions
                                    .decide(TestSystem.request(
                                            text.substring(0, space),
                                            "{" + text.substring(space + 1) + "}",
                                            UUID.randomUUID().toString(),
                                            TestSystem.CLERK));
                        },
                        n)
                .collectList()
                .block(LIMIT.multipliedBy(6));
    }

    private static Facts facts(TestSystem system) {
        Facts facts = new Facts();
        List<Recorded<? extends DomainEvent>> history = new ArrayList<>(system.history());
        for (Recorded<? extends DomainEvent> recorded : history) {
            facts = facts.evolve(recorded);
        }
        return facts;
    }
}
