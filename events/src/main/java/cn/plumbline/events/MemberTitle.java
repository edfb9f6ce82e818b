package cn.plumbline.events;

/** The titles in a dispatch group. */
public enum MemberTitle implements CodeList {
    HEAD("组长", "Head"),
    DEPUTY("副组长", "Deputy head"),
    RESIDENT_STAFF("驻点", "Resident staff"),
    COMMITTEE_MEMBER("委员", "Committee member"),
    STAFF("工作人员", "Staff");

    private final String zh;
    private final String en;

    MemberTitle(String zh, String en) {
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
