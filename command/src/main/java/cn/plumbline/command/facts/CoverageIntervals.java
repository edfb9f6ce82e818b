package cn.plumbline.command.facts;

import cn.plumbline.events.DispatchEvent.UnitCoverageEnded;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.DispatchEvent.UnitCoverageTransferred;
import cn.plumbline.events.GroupId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The coverage of one unit over all time, past and future: periods that do not overlap, recorded in any order. An end
 * or a transfer cuts the period that has its day inside; one without such a period (its start was voided) cuts nothing.
 */
public final class CoverageIntervals {

    private final List<CoverageInterval> intervals = new ArrayList<>();

    void start(UnitCoverageStarted event, long position) {
        intervals.add(new CoverageInterval(
                event.unitId(),
                event.organId(),
                event.kind(),
                event.groupId(),
                event.committeeId(),
                new Period(event.effectiveFrom(), event.effectiveTo()),
                position));
    }

    void end(UnitCoverageEnded event) {
        ended(event)
                .ifPresent(interval -> intervals.set(intervals.indexOf(interval), interval.until(event.effectiveTo())));
    }

    void transfer(UnitCoverageTransferred event, long position) {
        transferred(event)
                .ifPresent(
                        interval -> intervals.set(intervals.indexOf(interval), interval.until(event.effectiveFrom())));
        intervals.add(new CoverageInterval(
                event.unitId(),
                event.organId(),
                event.kind(),
                event.toGroupId(),
                null,
                Period.from(event.effectiveFrom()),
                position));
    }

    /** The period that this end would cut. */
    Optional<CoverageInterval> ended(UnitCoverageEnded event) {
        return intervals.stream()
                .filter(interval -> interval.isBy(event.organId(), event.kind(), event.groupId(), event.committeeId())
                        && interval.period().canEndOn(event.effectiveTo()))
                .findFirst();
    }

    /** The period that this transfer would cut. */
    Optional<CoverageInterval> transferred(UnitCoverageTransferred event) {
        return intervals.stream()
                .filter(interval -> interval.isBy(event.fromGroupId())
                        && interval.period().to() == null
                        && interval.period().canEndOn(event.effectiveFrom()))
                .findFirst();
    }

    /** Every period, in the order of their events. */
    public List<CoverageInterval> all() {
        return Collections.unmodifiableList(intervals);
    }

    /** The periods that share a day with this one. */
    public List<CoverageInterval> overlapping(Period period) {
        return intervals.stream()
                .filter(interval -> interval.period().overlaps(period))
                .toList();
    }

    /** The period that begins last; where it is open, the unit is covered without end. */
    public Optional<CoverageInterval> last() {
        return intervals.stream()
                .filter(interval -> !interval.period().isEmpty())
                .max(Comparator.comparing(interval -> interval.period().from()));
    }

    /** The last period, when it is an open one of the group: the only one that can be transferred or ended. */
    public Optional<CoverageInterval> openOf(GroupId group) {
        return last().filter(
                        interval -> interval.isBy(group) && interval.period().to() == null);
    }
}
