package cn.plumbline.events;

/** Identifies a venue: committee room, petition room or talk room (场所). */
public record VenueId(String value) implements Id {

    public VenueId {
        Id.check(value);
    }

    @Override
    public String tagKey() {
        return "venue";
    }

    @Override
    public String toString() {
        return value;
    }
}
