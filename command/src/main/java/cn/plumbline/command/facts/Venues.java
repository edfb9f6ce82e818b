package cn.plumbline.command.facts;

import cn.plumbline.events.DispatchEvent.VenueStatusChanged;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.VenueKind;
import cn.plumbline.events.VenueStatus;
import org.jspecify.annotations.Nullable;

/** Which status of a venue may follow another one. */
public final class Venues {

    private Venues() {}

    /** Whether the status may follow the last one of the venue, which stays what and whose it is. */
    public static boolean mayFollow(
            @Nullable VenueStatusChanged last, GroupId group, VenueKind kind, VenueStatus next) {
        if (last == null) {
            return next != VenueStatus.CLOSED;
        }
        return last.groupId().equals(group) && last.kind() == kind && mayFollow(last.status(), next);
    }

    private static boolean mayFollow(VenueStatus last, VenueStatus next) {
        return switch (last) {
            case TEMPORARY -> next != VenueStatus.TEMPORARY;
            case SHARED -> next == VenueStatus.IN_USE || next == VenueStatus.CLOSED;
            case IN_USE -> next == VenueStatus.SHARED || next == VenueStatus.CLOSED;
            case CLOSED -> false;
        };
    }
}
