package cn.plumbline.events;

/** Identifies a coverage base, the catalogue of the units that an organ must cover (应覆盖名录). */
public record CatalogueId(String value) implements Id {

    public CatalogueId {
        Id.check(value);
    }

    @Override
    public String tagKey() {
        return "catalogue";
    }

    @Override
    public String toString() {
        return value;
    }
}
