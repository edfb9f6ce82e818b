package cn.plumbline.events;

/** Identifies an organ: a discipline-inspection commission that dispatches groups (派出机关). */
public record OrganId(String value) implements Id {

    public OrganId {
        Id.check(value);
    }

    @Override
    public String tagKey() {
        return "organ";
    }

    @Override
    public String toString() {
        return value;
    }
}
