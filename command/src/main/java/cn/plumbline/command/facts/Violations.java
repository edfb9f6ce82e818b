package cn.plumbline.command.facts;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What in a history could not have been recorded: which event, and which rule of which thing it breaks. */
public final class Violations {

    private final Set<Violation> found = new LinkedHashSet<>();

    /** One broken rule. */
    private record Violation(long position, String rule, String thing) {}

    void addIf(boolean broken, long position, String rule, Object thing) {
        if (broken) {
            found.add(new Violation(position, rule, thing.toString()));
        }
    }

    /** The positions of the events that break a rule here which they did not break before. */
    public List<Long> positionsNewSince(Violations before) {
        return found.stream()
                .filter(violation -> !before.found.contains(violation))
                .map(Violation::position)
                .distinct()
                .sorted()
                .toList();
    }
}
