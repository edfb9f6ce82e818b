package cn.plumbline.events;

/** Identifies a person; opaque, who it is stands in no event (人员). */
public record PersonId(String value) implements Id {

    public PersonId {
        Id.check(value);
    }

    @Override
    public String tagKey() {
        return "person";
    }

    @Override
    public String toString() {
        return value;
    }
}
