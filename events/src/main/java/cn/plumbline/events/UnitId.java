package cn.plumbline.events;

/** Identifies a unit under supervision (单位). */
public record UnitId(String value) implements Id {

    public UnitId {
        Id.check(value);
    }

    @Override
    public String tagKey() {
        return "unit";
    }

    @Override
    public String toString() {
        return value;
    }
}
