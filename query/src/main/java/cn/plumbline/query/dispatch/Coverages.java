package cn.plumbline.query.dispatch;

import cn.plumbline.events.CoverageKind;
import cn.plumbline.query.BadParameter;
import cn.plumbline.query.Documents;
import cn.plumbline.query.Projection;
import cn.plumbline.query.dispatch.OrganBases.Base;
import cn.plumbline.query.dispatch.UnitFile.Coverage;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The coverage of the units of one organ's bases, on any day: what the coverage map, the blind spots and the figures by
 * kind are computed from.
 *
 * <p>A unit is covered when a group, committee, internal organ or earlier arrangement of this organ covers it, or, for
 * a community, when this organ's street group covers the street above it. Coverage by another organ does not count.
 */
record Coverages(
        String organ,
        OrganBases bases,
        Map<String, UnitFile> units,
        Map<String, GroupName> groups,
        Map<String, Plaques> committees) {

    /** The documents behind all views of coverage. */
    static final Projection PROJECTION = new Projection(
            "coverage_map", 1, List.of(OrganBases.TABLE, UnitFile.TABLE, GroupName.TABLE, Plaques.TABLE));

    /** Reads all that concerns an organ. */
    static Mono<Coverages> load(Documents documents, String organ) {
        return documents.load(OrganBases.TABLE, List.of(organ)).flatMap(found -> {
            OrganBases bases = found.getOrDefault(organ, new OrganBases(List.of()));
            return units(documents, bases.units()).flatMap(units -> withNames(documents, organ, bases, units));
        });
    }

    private static Mono<Map<String, UnitFile>> units(Documents documents, Set<String> ids) {
        return documents.load(UnitFile.TABLE, ids).flatMap(units -> {
            List<String> streets = units.values().stream()
                    .filter(UnitFile::isCommunity)
                    .map(UnitFile::parent)
                    .filter(Objects::nonNull)
                    .filter(parent -> !units.containsKey(parent))
                    .distinct()
                    .toList();
            return documents.load(UnitFile.TABLE, streets).map(parents -> {
                Map<String, UnitFile> all = new HashMap<>(units);
                all.putAll(parents);
                return all;
            });
        });
    }

    private static Mono<Coverages> withNames(
            Documents documents, String organ, OrganBases bases, Map<String, UnitFile> units) {
        List<Coverage> own = units.values().stream()
                .flatMap(unit -> unit.coverage().stream())
                .filter(coverage -> coverage.organ().equals(organ))
                .toList();
        return Mono.zip(
                        documents.load(GroupName.TABLE, ids(own.stream().map(Coverage::group))),
                        documents.load(Plaques.TABLE, ids(own.stream().map(Coverage::committee))))
                .map(names -> new Coverages(organ, bases, units, names.getT1(), names.getT2()));
    }

    private static Collection<String> ids(Stream<@Nullable String> ids) {
        return ids.filter(Objects::nonNull).distinct().toList();
    }

    /**
     * Reads a day from a request's parameter.
     *
     * @throws BadParameter when it is no ISO 8601 date
     */
    static LocalDate day(String parameter, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new BadParameter(parameter, "INVALID");
        }
    }

    /** The units to be covered on a day, in the order of ids. */
    List<String> base(LocalDate day) {
        Base base = bases.on(day);
        if (base == null) {
            return List.of();
        }
        return base.units().keySet().stream()
                .filter(unit -> bases.entry(unit, day) != null)
                .filter(unit -> exists(unit, day))
                .sorted()
                .toList();
    }

    private boolean exists(String unit, LocalDate day) {
        UnitFile file = units.get(unit);
        return file == null || file.existsOn(day);
    }

    /** The coverage of a unit on a day, null in a blind spot. */
    @Nullable
    Coverage on(String unit, LocalDate day) {
        return counting(unit)
                .filter(coverage -> coverage.contains(day))
                .findFirst()
                .orElse(null);
    }

    /** All periods of coverage that count for a unit, its own first. */
    private Stream<Coverage> counting(String unit) {
        UnitFile file = units.get(unit);
        if (file == null) {
            return Stream.of();
        }
        UnitFile street = file.isCommunity() && file.parent() != null ? units.get(file.parent()) : null;
        Stream<Coverage> own = file.coverage().stream();
        Stream<Coverage> above = street == null
                ? Stream.of()
                : street.coverage().stream().filter(coverage -> coverage.kind() == CoverageKind.STREET);
        return Stream.concat(own, above).filter(coverage -> coverage.organ().equals(organ));
    }

    /** Since when a unit in the base has not been covered: its entry, or the last end of a coverage if that is later. */
    LocalDate blindSince(String unit, LocalDate day) {
        LocalDate entry = Objects.requireNonNull(bases.entry(unit, day), "the unit stands in the base");
        return counting(unit)
                .map(Coverage::to)
                .filter(Objects::nonNull)
                .filter(end -> !end.isAfter(day))
                .reduce(entry, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** The first day on which a unit was covered while it had to be, null when there is none until the day. */
    @Nullable
    LocalDate firstCovered(String unit, LocalDate day) {
        return counting(unit)
                .map(Coverage::from)
                .filter(from -> !from.isAfter(day))
                .reduce((one, other) -> one.isBefore(other) ? one : other)
                .orElse(null);
    }

    /** The unit's name on a day. */
    String name(String unit, LocalDate day) {
        UnitFile file = units.get(unit);
        return file == null ? unit : UnitNames.on(file.names(), unit, day);
    }

    /** The name of what covers a unit, null for an earlier arrangement. */
    @Nullable
    String coveredBy(String unit, Coverage coverage, LocalDate day) {
        if (coverage.group() != null) {
            GroupName group = groups.get(coverage.group());
            return group == null ? null : group.name();
        }
        if (coverage.committee() != null) {
            Plaques plaques = committees.get(coverage.committee());
            return plaques == null ? null : plaques.name(organ, day);
        }
        UnitFile file = units.get(unit);
        return file == null ? null : file.internalName(organ, coverage.from());
    }

    /** The days on which the map may change, in order. */
    List<LocalDate> changePoints() {
        Set<LocalDate> days = new TreeSet<>(bases.changePoints());
        for (String unit : bases.units()) {
            counting(unit).forEach(coverage -> {
                days.add(coverage.from());
                if (coverage.to() != null) {
                    days.add(coverage.to());
                }
            });
            UnitFile file = units.get(unit);
            if (file != null && file.ceasedOn() != null) {
                days.add(file.ceasedOn());
            }
        }
        return new ArrayList<>(days);
    }
}
