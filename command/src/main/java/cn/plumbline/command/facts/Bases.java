package cn.plumbline.command.facts;

import cn.plumbline.command.CriteriaItem;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which base of an organ is in force on a day, and who stands in it. */
public final class Bases {

    private final Facts facts;

    /** The bases among these facts. */
    public Bases(Facts facts) {
        this.facts = facts;
    }

    /** What must be known of the organs' later bases, to say whether one that names a unit is still in force. */
    public static List<CriteriaItem> boundary(Facts facts) {
        return facts.bases().stream()
                .map(BaseFacts::organ)
                .distinct()
                .map(Boundaries::bases)
                .toList();
    }

    /** The days on which a base is in force: until the organ's next one begins. */
    public Period reign(BaseFacts base) {
        return facts.bases().stream()
                .filter(other ->
                        other.organ().equals(base.organ()) && other.from().isAfter(base.from()))
                .map(BaseFacts::from)
                .min(Comparator.naturalOrder())
                .map(next -> new Period(base.from(), next))
                .orElseGet(() -> Period.from(base.from()));
    }

    /** The base of the organ that begins on this very day. */
    public Optional<BaseFacts> beginning(OrganId organ, LocalDate day) {
        return facts.bases().stream()
                .filter(base -> base.organ().equals(organ) && base.from().equals(day))
                .findFirst();
    }

    /** Whether the unit stands in a base that is in force on the day. */
    public boolean holds(UnitId unit, LocalDate day) {
        return facts.bases().stream().anyMatch(base -> reign(base).contains(day) && base.contains(unit, day));
    }

    /** The bases in which the unit would stand on or after the day. */
    public Collection<BaseFacts> reachingPast(UnitId unit, LocalDate day) {
        return facts.bases().stream()
                .filter(base -> base.openPeriod(unit).isPresent() && reign(base).endsAfter(day))
                .toList();
    }
}
