package cn.plumbline.query;

import cn.plumbline.events.CatalogueId;
import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.CoverageRole;
import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.UnitCoverageEnded;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.DispatchEvent.UnitCoverageTransferred;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.GroupKind;
import cn.plumbline.events.Level;
import cn.plumbline.events.OrgRegistryEvent.CoverageBaseSet;
import cn.plumbline.events.OrgRegistryEvent.OrganRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitAddedToBase;
import cn.plumbline.events.OrgRegistryEvent.UnitDissolved;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitRemovedFromBase;
import cn.plumbline.events.OrgRegistryEvent.UnitRenamed;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.UnitCategory;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A history of two organs, some units, streets, communities and groups, with corrections and voids, from a seed. */
public final class RandomHistory {

    public static final LocalDate BEGIN = LocalDate.parse("2020-01-01");
    public static final int DAYS = 60;
    public static final List<OrganId> ORGANS = List.of(new OrganId("O-1"), new OrganId("O-2"));

    private static final int UNITS = 9;
    private static final int COMMUNITIES = 4;
    private static final int GROUPS = 6;

    private final Random random;
    private final Facts facts = new Facts();
    private final Set<Long> voided = new HashSet<>();
    private int catalogues;

    private RandomHistory(long seed) {
        random = new Random(seed);
    }

    public static Facts of(long seed, int steps) {
        RandomHistory history = new RandomHistory(seed);
        history.register();
        for (int i = 0; i < steps; i++) {
            history.step();
        }
        return history.facts;
    }

    public static LocalDate day(int number) {
        return BEGIN.plusDays(number);
    }

    private void register() {
        ORGANS.forEach(organ -> facts.add(new OrganRegistered(organ, organ.value(), Level.COUNTY, null)));
        for (int i = 0; i < UNITS; i++) {
            UnitCategory category = i == 0 ? UnitCategory.TOWN_STREET : UnitCategory.GOV_DEPT;
            facts.add(new UnitRegistered(unit(i), "单位" + i, null, category, Level.COUNTY, null));
        }
        for (int i = 0; i < COMMUNITIES; i++) {
            facts.add(new UnitRegistered(
                    new UnitId("C-" + i), "社区" + i, null, UnitCategory.COMMUNITY, Level.COMMUNITY, unit(0)));
        }
        for (int i = 0; i < GROUPS; i++) {
            facts.add(new DispatchGroupEstablished(group(i), organ(i), kind(i), "第" + i + "组", unit(i), day(0), null));
        }
    }

    private static UnitId unit(int number) {
        return new UnitId("U-" + number);
    }

    private UnitId anyUnit() {
        int number = random.nextInt(UNITS + COMMUNITIES);
        return number < UNITS ? unit(number) : new UnitId("C-" + (number - UNITS));
    }

    private static GroupId group(int number) {
        return new GroupId("G-" + number);
    }

    private static OrganId organ(int group) {
        return ORGANS.get(group % 2);
    }

    private static GroupKind kind(int group) {
        return group < 2 ? GroupKind.STREET : GroupKind.GROUPED;
    }

    private LocalDate anyDay() {
        return day(1 + random.nextInt(DAYS - 2));
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> start();
            case 4 -> end();
            case 5 -> transfer();
            case 6 -> base();
            case 7 -> addOrRemove();
            case 8 ->
                facts.add(new UnitRenamed(
                        unit(random.nextInt(UNITS)), "新名" + random.nextInt(99), "旧名", Level.COUNTY, null, anyDay()));
            case 9 -> correct();
            case 10 -> voidAny();
            default -> dissolve();
        }
    }

    private void start() {
        int group = random.nextInt(GROUPS);
        LocalDate from = anyDay();
        LocalDate to = random.nextInt(3) == 0 ? from.plusDays(1 + random.nextInt(20)) : null;
        if (random.nextInt(4) == 0) {
            facts.add(
                    new UnitCoverageStarted(anyUnit(), organ(group), CoverageKind.LEGACY, null, null, null, from, to));
        } else {
            facts.add(new UnitCoverageStarted(
                    group < 2 ? unit(0) : anyUnit(),
                    organ(group),
                    CoverageKind.of(kind(group)),
                    group(group),
                    null,
                    CoverageRole.GROUPED,
                    from,
                    to));
        }
    }

    private <E extends DomainEvent> E any(Class<E> type) {
        List<Long> positions = facts.positions(type);
        return positions.isEmpty()
                ? null
                : type.cast(facts.at(positions.get(random.nextInt(positions.size())))
                        .event());
    }

    private void end() {
        UnitCoverageStarted started = any(UnitCoverageStarted.class);
        if (started != null) {
            facts.add(new UnitCoverageEnded(
                    started.unitId(), started.organId(), started.kind(), started.groupId(), null, anyDay(), "调整"));
        }
    }

    private void transfer() {
        UnitCoverageStarted started = any(UnitCoverageStarted.class);
        if (started != null && started.groupId() != null) {
            int to = 2 + random.nextInt(GROUPS - 2);
            if (organ(to).equals(started.organId())) {
                facts.add(new UnitCoverageTransferred(
                        started.unitId(),
                        started.organId(),
                        started.groupId(),
                        group(to),
                        CoverageKind.of(kind(to)),
                        CoverageRole.GROUPED,
                        anyDay()));
            }
        }
    }

    private void base() {
        Set<UnitId> units = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            units.add(anyUnit());
        }
        facts.add(new CoverageBaseSet(
                new CatalogueId("M-" + ++catalogues),
                ORGANS.get(random.nextInt(2)),
                new ArrayList<>(units),
                day(random.nextInt(DAYS / 2))));
    }

    private void addOrRemove() {
        CoverageBaseSet base = any(CoverageBaseSet.class);
        if (base == null) {
            return;
        }
        if (random.nextBoolean()) {
            facts.add(new UnitAddedToBase(base.catalogueId(), base.organId(), anyUnit(), anyDay()));
        } else {
            UnitId unit = base.unitIds().get(random.nextInt(base.unitIds().size()));
            facts.add(new UnitRemovedFromBase(base.catalogueId(), base.organId(), unit, anyDay(), "调整"));
        }
    }

    private void correct() {
        long position = 1L + random.nextInt((int) facts.head());
        Recorded<? extends DomainEvent> target = facts.at(position);
        Map<String, Object> changes = new HashMap<>();
        switch (target.event()) {
            case UnitCoverageStarted e -> {
                LocalDate from = anyDay();
                changes.put("effectiveFrom", from.toString());
                changes.put(
                        "effectiveTo",
                        random.nextBoolean()
                                ? null
                                : from.plusDays(1 + random.nextInt(9)).toString());
            }
            case UnitCoverageEnded e -> changes.put("effectiveTo", anyDay().toString());
            case UnitCoverageTransferred e -> changes.put("effectiveFrom", anyDay().toString());
            case CoverageBaseSet e -> changes.put("effectiveFrom", anyDay().toString());
            case UnitAddedToBase e -> changes.put("effectiveFrom", anyDay().toString());
            case UnitRenamed e -> changes.put("name", "更正" + random.nextInt(99));
            case DispatchGroupEstablished e -> changes.put("name", "更正" + random.nextInt(99));
            default -> {}
        }
        if (!changes.isEmpty() && !voided.contains(position)) {
            facts.correct(position, changes);
        }
    }

    private void voidAny() {
        long position = 1L + random.nextInt((int) facts.head());
        boolean mayBeVoided = switch (facts.at(position).event()) {
            case UnitCoverageStarted e -> true;
            case UnitCoverageEnded e -> true;
            case UnitCoverageTransferred e -> true;
            case CoverageBaseSet e -> true;
            case UnitAddedToBase e -> true;
            case UnitRemovedFromBase e -> true;
            case UnitRenamed e -> true;
            case UnitDissolved e -> true;
            default -> false;
        };
        if (mayBeVoided && voided.add(position)) {
            facts.voidAt(position);
        }
    }

    private void dissolve() {
        if (random.nextInt(4) == 0) {
            facts.add(new UnitDissolved(unit(1 + random.nextInt(UNITS - 1)), anyDay()));
        }
    }
}
