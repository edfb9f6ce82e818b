package cn.plumbline.web.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.UnitId;
import cn.plumbline.query.View;
import cn.plumbline.query.ViewRequest;
import cn.plumbline.query.dispatch.DispatchViews;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Random histories of units and groups, with corrections and voids, through the deciders and the folds in memory: what
 * they accept never paints a day twice, and the coverage map says what the painted days say, for any asOf and knownAt.
 */
class RandomHistoriesTest {

    /** How many histories; more by {@code -Dplumbline.simulation.histories=N}. */
    private static final long HISTORIES = Long.getLong("plumbline.simulation.histories", 10_000);

    /** The first seed; another series by {@code -Dplumbline.simulation.seed=N}. */
    private static final long SEED = Long.getLong("plumbline.simulation.seed", 1);

    private static final int STEPS = 30;
    private static final int QUESTIONS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final View COVERAGE_MAP = DispatchViews.all().stream()
            .filter(view -> view.definition().name().equals("coverage-map"))
            .findFirst()
            .orElseThrow();

    private final LongAdder accepted = new LongAdder();
    private final LongAdder corrected = new LongAdder();

    @Test
    void agreeWithTheOracleOfPaintedDays() {
        LongStream.range(SEED, SEED + HISTORIES).parallel().forEach(seed -> {
            try {
                play(seed);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("history of seed " + seed, e);
            }
        });
        // The generator would be worthless if the deciders refused nearly everything.
        assertThat(accepted.sum()).isGreaterThan(HISTORIES * 4);
        assertThat(corrected.sum()).isGreaterThan(HISTORIES / 2);
    }

    private void play(long seed) {
        InMemoryWorld world = new InMemoryWorld();
        RandomHistory history = new RandomHistory(seed, "");
        for (RandomHistory.Step step : history.opening()) {
            InMemoryWorld.Result result = world.submit(step);
            assertThat(result.codes()).as("%s", step).isEmpty();
            result.eventIds().forEach(history::recorded);
        }
        IntervalOracle oracle = IntervalOracle.paint(world.facts(0), world.head());
        for (int i = 0; i < STEPS; i++) {
            RandomHistory.Step step = history.next();
            boolean collides = collides(oracle, step);
            long before = world.head();
            InMemoryWorld.Result result = world.submit(step);
            boolean refused = result.codes().contains("UNIT_ALREADY_COVERED");
            // An open coverage by a group that ends, ends with it, and so may stop short of what it would meet.
            boolean expected = step.command().equals("AddUnitToGroup") ? refused && collides : collides;
            assertThat(refused)
                    .as(() -> "%s -> %s after%n%s".formatted(step, result, lines(world)))
                    .isEqualTo(expected);
            oracle = oracle.and(world.facts(before));
            result.eventIds().forEach(history::recorded);
            count(step, result);
        }
        Random random = new Random(seed);
        for (int i = 0; i < QUESTIONS; i++) {
            long knownAt = i == 0 ? world.head() : random.nextLong(world.head() + 1);
            ask(world, history, history.day(), knownAt);
        }
    }

    /** Whether the painted days say that a new coverage would meet another one. */
    private static boolean collides(IntervalOracle oracle, RandomHistory.Step step) {
        JsonNode body = step.body();
        Set<String> units = new HashSet<>();
        switch (step.command()) {
            case "EstablishDispatchGroup" -> body.get("unitIds").forEach(unit -> units.add(unit.asString()));
            case "AddUnitToGroup", "ImportLegacyCoverage", "AttachPlaque" ->
                units.add(body.get("unitId").asString());
            default -> {
                return false;
            }
        }
        LocalDate from = LocalDate.parse(body.get("effectiveFrom").asString());
        LocalDate to = body.has("effectiveTo")
                ? LocalDate.parse(body.get("effectiveTo").asString())
                : null;
        boolean supersede = body.path("supersedeLegacy").asBoolean(false);
        return units.stream().anyMatch(unit -> oracle.collides(new UnitId(unit), from, to, supersede));
    }

    private static void ask(InMemoryWorld world, RandomHistory history, LocalDate asOf, long knownAt) {
        IntervalOracle.Answer expected =
                IntervalOracle.paint(world.facts(0), knownAt).answer(new OrganId(history.organ()), asOf);
        View.Answer answer = COVERAGE_MAP
                .answer(world.documents(knownAt), ViewRequest.of(asOf, Map.of("organ", history.organ())))
                .block(LIMIT);
        assertSame(EventJson.mapper().valueToTree(answer.body()), expected, "asOf " + asOf + " knownAt " + knownAt);
    }

    /** Compares a coverage map in JSON with what the oracle says. */
    static void assertSame(JsonNode map, IntervalOracle.Answer expected, String situation) {
        assertThat(map.get("total").asInt()).as("total %s", situation).isEqualTo(expected.total());
        Map<String, String> covered = new TreeMap<>();
        map.get("units")
                .forEach(unit -> covered.put(
                        unit.get("unitId").asString(),
                        unit.get("kind").asString() + "/" + unit.path("groupId").asString("")));
        Map<String, String> painted = new TreeMap<>();
        expected.covered()
                .forEach((unit, cover) -> painted.put(
                        unit,
                        cover.kind() + "/"
                                + (cover.group() == null ? "" : cover.group().value())));
        assertThat(covered).as("covered %s", situation).isEqualTo(painted);
        Set<String> blind = new TreeSet<>();
        map.get("blindSpots").forEach(spot -> blind.add(spot.get("unitId").asString()));
        assertThat(blind).as("blind spots %s", situation).isEqualTo(expected.blindSpots());
    }

    private static String lines(InMemoryWorld world) {
        return world.facts(0).stream()
                .map(fact -> fact.position() + " " + fact.event())
                .collect(Collectors.joining("\n"));
    }

    private void count(RandomHistory.Step step, InMemoryWorld.Result result) {
        if (result.codes().isEmpty()) {
            accepted.increment();
            if (List.of("CorrectRecord", "VoidRecord").contains(step.command())) {
                corrected.increment();
            }
        }
    }
}
