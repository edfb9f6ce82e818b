package cn.plumbline.command.facts;

import cn.plumbline.events.CommitteeId;
import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A period in which a unit is covered, by whom.
 *
 * @param position of the event that began it
 */
public record CoverageInterval(
        UnitId unitId,
        OrganId organId,
        CoverageKind kind,
        @Nullable GroupId groupId,
        @Nullable CommitteeId committeeId,
        Period period,
        long position) {

    /** Whether it is by this group. */
    public boolean isBy(GroupId group) {
        return group.equals(groupId);
    }

    /** Whether it is coverage of this kind by the same body. */
    boolean isBy(OrganId organ, CoverageKind other, @Nullable GroupId group, @Nullable CommitteeId committee) {
        return organId.equals(organ)
                && kind == other
                && Objects.equals(groupId, group)
                && Objects.equals(committeeId, committee);
    }

    CoverageInterval until(LocalDate end) {
        return new CoverageInterval(unitId, organId, kind, groupId, committeeId, period.until(end), position);
    }
}
