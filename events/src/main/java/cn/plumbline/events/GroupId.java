package cn.plumbline.events;

/** Identifies a dispatch group (派驻、派出机构). */
public record GroupId(String value) implements Id {

    public GroupId {
        Id.check(value);
    }

    @Override
    public String tagKey() {
        return "group";
    }

    @Override
    public String toString() {
        return value;
    }
}
