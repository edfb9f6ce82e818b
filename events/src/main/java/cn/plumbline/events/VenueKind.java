package cn.plumbline.events;

/** The kinds of venue of a group. */
public enum VenueKind implements CodeList {
    COMMITTEE_ROOM("委员工作室", "Committee room"),
    PETITION_ROOM("信访接待室", "Petition room"),
    TALK_ROOM("谈话室", "Talk room");

    private final String zh;
    private final String en;

    VenueKind(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    @Override
    public String zh() {
        return zh;
    }

    @Override
    public String en() {
        return en;
    }
}
