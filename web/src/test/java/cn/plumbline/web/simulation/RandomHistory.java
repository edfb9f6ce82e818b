package cn.plumbline.web.simulation;

import cn.plumbline.events.EventJson;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes commands about a handful of units and groups from a seed: all are well-formed, most are plausible, many collide.
 * Ids carry a prefix, so that several histories fit into one journal.
 */
final class RandomHistory {

    /** A command to be sent by one of two clerks. */
    record Step(String command, ObjectNode body, String actor) {}

    private static final int UNITS = 6;
    private static final int GROUPS = 5;
    private static final LocalDate START = LocalDate.parse("2015-01-01");
    private static final int MONTHS = 24;
    private static final List<String> KINDS = List.of("STANDALONE", "GROUPED", "JOINT", "COMPREHENSIVE");

    private final Random random;
    private final String prefix;
    private final List<String> targets = new ArrayList<>();
    private int made;

    RandomHistory(long seed, String prefix) {
        this.random = new Random(seed);
        this.prefix = prefix;
    }

    String organ() {
        return prefix + "O";
    }

    /** The register that every history starts from: an organ, its units, a first base. */
    List<Step> opening() {
        List<Step> steps = new ArrayList<>();
        steps.add(step(
                "RegisterOrgan",
                body -> body.put("organId", organ()).put("name", "机关" + prefix).put("level", "PROVINCE")));
        for (int unit = 0; unit < UNITS; unit++) {
            String id = unit(unit);
            steps.add(step(
                    "RegisterUnit",
                    body -> body.put("unitId", id)
                            .put("name", "单位-" + id)
                            .put("category", "GOV_DEPT")
                            .put("level", "PROVINCE")));
        }
        steps.add(step("SetCoverageBase", body -> {
            body.put("catalogueId", prefix + "C0").put("organId", organ()).put("effectiveFrom", START.toString());
            units(body.putArray("unitIds"), 4);
            basis(body);
        }));
        return steps;
    }

    /** Tells which events exist, so that corrections can name them. */
    void recorded(String eventId) {
        targets.add(eventId);
    }

    /** The next command. */
    Step next() {
        List<Supplier<Step>> makers = List.of(
                this::establish,
                this::establish,
                this::establish,
                this::add,
                this::add,
                this::transfer,
                this::transfer,
                this::end,
                this::end,
                this::revoke,
                this::legacy,
                this::legacy,
                this::plaque,
                this::base,
                this::addToBase,
                this::removeFromBase,
                this::correct,
                this::correct,
                this::correct,
                this::voidRecord);
        return makers.get(random.nextInt(makers.size())).get();
    }

    /** A day from the first month to the last. */
    LocalDate day() {
        return START.plusMonths(random.nextInt(MONTHS)).plusDays(random.nextInt(3));
    }

    private Step establish() {
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        return step("EstablishDispatchGroup", body -> {
            String id = group();
            body.put("groupId", id).put("organId", organ()).put("kind", kind).put("name", "纪检组-" + id + "-" + made++);
            ArrayNode units = units(body.putArray("unitIds"), kind.equals("STANDALONE") ? 1 : 1 + random.nextInt(3));
            if (kind.equals("STANDALONE") || random.nextBoolean()) {
                body.put("residentUnitId", units.get(0).asString());
            }
            period(body);
            supersede(body);
            basis(body);
        });
    }

    private Step add() {
        return step("AddUnitToGroup", body -> {
            body.put("unitId", unit()).put("groupId", group());
            period(body);
            supersede(body);
            basis(body);
        });
    }

    private Step transfer() {
        return step("TransferCoverage", body -> {
            int from = random.nextInt(GROUPS);
            int to = (from + 1 + random.nextInt(GROUPS - 1)) % GROUPS;
            body.put("unitId", unit()).put("fromGroupId", group(from)).put("toGroupId", group(to));
            body.put("effectiveFrom", day().toString());
            basis(body);
        });
    }

    private Step end() {
        return step("EndCoverage", body -> {
            body.put("unitId", unit()).put("groupId", group()).put("effectiveTo", day().toString());
            body.put("reason", "调整");
            acknowledge(body);
        });
    }

    private Step revoke() {
        return step("RevokeDispatchGroup", body -> {
            body.put("groupId", group()).put("effectiveTo", day().toString()).put("reason", "撤并");
            acknowledge(body);
        });
    }

    private Step legacy() {
        return step("ImportLegacyCoverage", body -> {
            body.put("unitId", unit()).put("organId", organ());
            period(body);
        });
    }

    private Step plaque() {
        return step("AttachPlaque", body -> {
            body.put("committeeId", prefix + "K" + random.nextInt(2)).put("organId", organ());
            body.put("plaqueName", "纪检组牌子").put("unitId", unit());
            period(body);
            supersede(body);
            basis(body);
        });
    }

    private Step base() {
        return step("SetCoverageBase", body -> {
            body.put("catalogueId", prefix + "C" + (1 + random.nextInt(3))).put("organId", organ());
            body.put("effectiveFrom", day().toString());
            units(body.putArray("unitIds"), 1 + random.nextInt(UNITS));
            basis(body);
        });
    }

    private Step addToBase() {
        return step(
                "AddUnitToBase",
                body -> body.put("catalogueId", prefix + "C" + random.nextInt(4))
                        .put("unitId", unit())
                        .put("effectiveFrom", day().toString()));
    }

    private Step removeFromBase() {
        return step(
                "RemoveUnitFromBase",
                body -> body.put("catalogueId", prefix + "C" + random.nextInt(4))
                        .put("unitId", unit())
                        .put("effectiveTo", day().toString())
                        .put("reason", "不再列入"));
    }

    private Step correct() {
        return step("CorrectRecord", body -> {
            target(body);
            ObjectNode changes = body.putObject("changes");
            switch (random.nextInt(4)) {
                case 0 -> changes.put("effectiveTo", day().toString());
                case 1 -> changes.putNull("effectiveTo");
                default -> changes.put("effectiveFrom", day().toString());
            }
            body.put("reason", "录入有误");
            approval(body);
        });
    }

    private Step voidRecord() {
        return step("VoidRecord", body -> {
            target(body);
            body.put("reason", "误录");
            approval(body);
        });
    }

    private void target(ObjectNode body) {
        // The newer half: an old record is seldom free to change.
        int size = targets.size();
        body.put("targetEventId", targets.get(size / 2 + random.nextInt(size - size / 2)));
    }

    private Step step(String command, java.util.function.Consumer<ObjectNode> fill) {
        ObjectNode body = EventJson.mapper().createObjectNode();
        fill.accept(body);
        return new Step(command, body, random.nextBoolean() ? "clerk" : "clerk2");
    }

    private String unit(int number) {
        return prefix + "U" + number;
    }

    private String unit() {
        return unit(random.nextInt(UNITS));
    }

    private String group(int number) {
        return prefix + "G" + number;
    }

    private String group() {
        return group(random.nextInt(GROUPS));
    }

    private ArrayNode units(ArrayNode into, int count) {
        List<String> all = new ArrayList<>();
        for (int unit = 0; unit < UNITS; unit++) {
            all.add(unit(unit));
        }
        java.util.Collections.shuffle(all, random);
        all.subList(0, count).forEach(into::add);
        return into;
    }

    private void period(ObjectNode body) {
        LocalDate from = day();
        body.put("effectiveFrom", from.toString());
        if (random.nextInt(3) == 0) {
            body.put("effectiveTo", from.plusMonths(1 + random.nextInt(8)).toString());
        }
    }

    private void supersede(ObjectNode body) {
        if (random.nextBoolean()) {
            body.put("supersedeLegacy", true);
        }
    }

    private void acknowledge(ObjectNode body) {
        if (random.nextInt(3) > 0) {
            body.put("acknowledgeBlindSpot", true);
            approval(body);
        }
    }

    private static void basis(ObjectNode body) {
        body.putArray("basis").addObject().put("docNo", "依据-1");
    }

    private static void approval(ObjectNode body) {
        body.putObject("approval")
                .put("level", "ORGAN_HEAD")
                .put("approverId", "审批人-1")
                .put("approvedOn", "2015-01-01");
    }
}
