package cn.plumbline.events;

/** Identifies a work committee that carries the plaque of a group (纪工委加挂牌子). */
public record CommitteeId(String value) implements Id {

    public CommitteeId {
        Id.check(value);
    }

    @Override
    public String tagKey() {
        return "committee";
    }

    @Override
    public String toString() {
        return value;
    }
}
