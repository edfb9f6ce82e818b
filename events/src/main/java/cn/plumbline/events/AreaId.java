package cn.plumbline.events;

/** Identifies an area for which population and Party bodies are counted (辖区). */
public record AreaId(String value) implements Id {

    public AreaId {
        Id.check(value);
    }

    @Override
    public String tagKey() {
        return "area";
    }

    @Override
    public String toString() {
        return value;
    }
}
