package cn.plumbline.journal;

import java.util.Objects;

/**
 * What must hold for an append: no event that the criteria select stands at a position above the marker.
 *
 * @param marker the consistency marker: the last position that the decision has seen; 0 = it has seen nothing
 * @param criteria the events that the decision depends on
 */
public record AppendCondition(long marker, Criteria criteria) {

    private static final AppendCondition NONE = new AppendCondition(0, Criteria.nothing());

    /** Refuses a negative marker. */
    public AppendCondition {
        Objects.requireNonNull(criteria, "criteria");
        if (marker < 0) {
            throw new IllegalArgumentException("A consistency marker is a position, 0 or more: " + marker);
        }
    }

    /**
     * The condition that always holds.
     *
     * @return the condition
     */
    public static AppendCondition none() {
        return NONE;
    }
}
