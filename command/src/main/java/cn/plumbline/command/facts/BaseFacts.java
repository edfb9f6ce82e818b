package cn.plumbline.command.facts;

import cn.plumbline.events.CatalogueId;
import cn.plumbline.events.OrgRegistryEvent.CoverageBaseSet;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One coverage base: which units stand in it, and when. */
public final class BaseFacts {

    private final CatalogueId id;
    private final OrganId organ;
    private final LocalDate from;
    private final long position;
    private final Map<UnitId, List<Period>> members = new HashMap<>();

    BaseFacts(CoverageBaseSet event, long position) {
        this.id = event.catalogueId();
        this.organ = event.organId();
        this.from = event.effectiveFrom();
        this.position = position;
        event.unitIds().forEach(unit -> add(unit, from));
    }

    void add(UnitId unit, LocalDate day) {
        members.computeIfAbsent(unit, u -> new ArrayList<>(1)).add(Period.from(day));
    }

    void remove(UnitId unit, LocalDate day) {
        List<Period> periods = members.getOrDefault(unit, List.of());
        for (int i = 0; i < periods.size(); i++) {
            if (periods.get(i).to() == null) {
                periods.set(i, periods.get(i).until(day));
            }
        }
    }

    /** Its id. */
    public CatalogueId id() {
        return id;
    }

    /** The organ whose base it is. */
    public OrganId organ() {
        return organ;
    }

    /** The first day on which it holds; it holds until the organ's next one begins. */
    public LocalDate from() {
        return from;
    }

    /** The position of its event. */
    public long position() {
        return position;
    }

    /** Every unit that stands or stood in it. */
    public Set<UnitId> units() {
        return Collections.unmodifiableSet(members.keySet());
    }

    /** Whether the unit stands in it on the day. */
    public boolean contains(UnitId unit, LocalDate day) {
        return periods(unit).stream().anyMatch(period -> period.contains(day));
    }

    /** The periods in which the unit stands in it. */
    public List<Period> periods(UnitId unit) {
        return members.getOrDefault(unit, List.of());
    }

    /** The open period in which the unit stands in it. */
    public Optional<Period> openPeriod(UnitId unit) {
        return periods(unit).stream().filter(period -> period.to() == null).findFirst();
    }
}
