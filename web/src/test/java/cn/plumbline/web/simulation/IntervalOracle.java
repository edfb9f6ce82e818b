package cn.plumbline.web.simulation;

import cn.plumbline.events.CorrectionEvent;
import cn.plumbline.events.CorrectionEvent.Change;
import cn.plumbline.events.CorrectionEvent.RecordCorrected;
import cn.plumbline.events.CorrectionEvent.RecordVoided;
import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.DispatchEvent.UnitCoverageEnded;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.DispatchEvent.UnitCoverageTransferred;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.EventJson;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.OrgRegistryEvent.CoverageBaseSet;
import cn.plumbline.events.OrgRegistryEvent.UnitAddedToBase;
import cn.plumbline.events.OrgRegistryEvent.UnitRemovedFromBase;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What coverage is, said as simply as possible: every unit has one box per day, and the events paint the boxes in the
 * order of their positions. Shares no code with the deciders and the projections that it judges.
 */
final class IntervalOracle {

    /** The first day that has a box. */
    static final LocalDate FIRST = LocalDate.parse("2014-01-01");

    /** How many days have a box; what is open ends with them. */
    static final int DAYS = 4 * 365;

    /** An event at its position. */
    record Fact(long position, DomainEvent event) {}

    /** Who covers a unit, and by which event. */
    record Cover(
            long startedAt,
            OrganId organ,
            CoverageKind kind,
            @Nullable GroupId group,
            @Nullable String committee) {}

    /** The expected answer of the coverage map. */
    record Answer(int total, SortedMap<String, Cover> covered, SortedSet<String> blindSpots) {}

    private final Map<UnitId, Cover[]> boxes = new HashMap<>();
    private final List<Base> bases = new ArrayList<>();
    private final List<Fact> painted = new ArrayList<>();

    /** Paints all facts up to a position. */
    static IntervalOracle paint(List<Fact> facts, long knownAt) {
        return new IntervalOracle()
                .and(facts.stream().filter(fact -> fact.position() <= knownAt).toList());
    }

    /** This one with more facts painted over; a new one, painted from the first fact on, where something is corrected. */
    IntervalOracle and(List<Fact> more) {
        IntervalOracle oracle = this;
        List<Fact> unpainted = more;
        if (more.stream().anyMatch(fact -> fact.event() instanceof CorrectionEvent)) {
            oracle = new IntervalOracle();
            unpainted = new ArrayList<>(painted);
            unpainted.addAll(more);
        }
        for (Fact fact : unpainted) {
            DomainEvent event = corrected(fact, unpainted);
            if (event != null) {
                oracle.paint(fact.position(), event);
            }
        }
        oracle.painted.addAll(unpainted);
        return oracle;
    }

    /** Who covers the unit on the day, or null. */
    @Nullable
    Cover cover(UnitId unit, LocalDate day) {
        Cover[] days = boxes.get(unit);
        return days == null ? null : days[index(day)];
    }

    /**
     * Whether a new coverage would meet another one.
     *
     * @param supersede whether an earlier arrangement gives way that began before the period
     */
    boolean collides(UnitId unit, LocalDate from, @Nullable LocalDate to, boolean supersede) {
        Cover[] days = boxes.get(unit);
        if (days == null) {
            return false;
        }
        Cover before = from.isAfter(FIRST) ? days[index(from) - 1] : null;
        Cover gone = supersede && before != null && before.kind() == CoverageKind.LEGACY ? before : null;
        for (int d = index(from); d < end(to); d++) {
            if (days[d] != null && !days[d].equals(gone)) {
                return true;
            }
        }
        return false;
    }

    /** The coverage map of an organ on a day. */
    Answer answer(OrganId organ, LocalDate day) {
        SortedMap<String, Cover> covered = new TreeMap<>();
        SortedSet<String> blind = new TreeSet<>();
        Base current = bases.stream()
                .filter(base -> base.organ.equals(organ) && !base.from.isAfter(day))
                .max((a, b) -> a.from.compareTo(b.from))
                .orElse(null);
        if (current == null) {
            return new Answer(0, covered, blind);
        }
        current.members.forEach((unit, days) -> {
            if (days[index(day)]) {
                Cover cover = cover(unit, day);
                if (cover != null && cover.organ().equals(organ)) {
                    covered.put(unit.value(), cover);
                } else {
                    blind.add(unit.value());
                }
            }
        });
        return new Answer(covered.size() + blind.size(), covered, blind);
    }

    private void paint(long position, DomainEvent event) {
        switch (event) {
            case UnitCoverageStarted e -> {
                Cover cover = new Cover(
                        position,
                        e.organId(),
                        e.kind(),
                        e.groupId(),
                        e.committeeId() == null ? null : e.committeeId().value());
                Cover[] days = days(e.unitId());
                for (int d = index(e.effectiveFrom()); d < end(e.effectiveTo()); d++) {
                    if (days[d] != null) {
                        throw new AssertionError("two intervals of " + e.unitId() + " overlap at position " + position);
                    }
                    days[d] = cover;
                }
            }
            case UnitCoverageEnded e -> erase(position, e.unitId(), e.effectiveTo(), e.groupId());
            case UnitCoverageTransferred e -> {
                erase(position, e.unitId(), e.effectiveFrom(), e.fromGroupId());
                Cover cover = new Cover(position, e.organId(), e.kind(), e.toGroupId(), null);
                Arrays.fill(days(e.unitId()), index(e.effectiveFrom()), DAYS, cover);
            }
            case CoverageBaseSet e -> {
                Base base = new Base(e.catalogueId().value(), e.organId(), e.effectiveFrom());
                e.unitIds().forEach(unit -> base.fill(unit, e.effectiveFrom(), true));
                bases.add(base);
            }
            case UnitAddedToBase e -> base(e.catalogueId().value()).fill(e.unitId(), e.effectiveFrom(), true);
            case UnitRemovedFromBase e -> base(e.catalogueId().value()).fill(e.unitId(), e.effectiveTo(), false);
            default -> {}
        }
    }

    private void erase(long position, UnitId unit, LocalDate from, @Nullable GroupId group) {
        Cover[] days = days(unit);
        Cover ended = days[index(from)];
        if (ended == null || !Objects.equals(ended.group(), group)) {
            throw new AssertionError("nothing of " + group + " to end for " + unit + " at position " + position);
        }
        for (int d = index(from); d < DAYS && ended.equals(days[d]); d++) {
            days[d] = null;
        }
    }

    private Base base(String catalogue) {
        return bases.stream()
                .filter(base -> base.catalogue.equals(catalogue))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no base " + catalogue));
    }

    private Cover[] days(UnitId unit) {
        return boxes.computeIfAbsent(unit, u -> new Cover[DAYS]);
    }

    private static int end(@Nullable LocalDate to) {
        return to == null ? DAYS : index(to);
    }

    private static int index(LocalDate day) {
        int index = (int) (day.toEpochDay() - FIRST.toEpochDay());
        if (index < 0 || index >= DAYS) {
            throw new AssertionError(day + " has no box");
        }
        return index;
    }

    private static @Nullable DomainEvent corrected(Fact fact, List<Fact> known) {
        DomainEvent event = fact.event();
        for (Fact other : known) {
            if (other.event() instanceof RecordVoided voided && voided.targetPosition() == fact.position()) {
                return null;
            }
            if (other.event() instanceof RecordCorrected corrected && corrected.targetPosition() == fact.position()) {
                ObjectNode tree = EventJson.mapper().valueToTree(event);
                for (Change change : corrected.changes()) {
                    if (change.new_() == null || change.new_().isNull()) {
                        tree.remove(change.field());
                    } else {
                        tree.set(change.field(), change.new_());
                    }
                }
                event = EventJson.mapper().treeToValue(tree, event.getClass());
            }
        }
        return event;
    }

    private static final class Base {

        private final String catalogue;
        private final OrganId organ;
        private final LocalDate from;
        private final Map<UnitId, boolean[]> members = new HashMap<>();

        Base(String catalogue, OrganId organ, LocalDate from) {
            this.catalogue = catalogue;
            this.organ = organ;
            this.from = from;
        }

        void fill(UnitId unit, LocalDate from, boolean in) {
            Arrays.fill(members.computeIfAbsent(unit, u -> new boolean[DAYS]), index(from), DAYS, in);
        }
    }
}
