package cn.plumbline.events;

/** The forms of a dispatch group. */
public enum GroupKind implements CodeList {
    STANDALONE("单独派驻", "Standalone"),
    GROUPED("归口派驻", "Grouped"),
    JOINT("联合派驻", "Joint"),
    COMPREHENSIVE("综合派驻", "Comprehensive"),
    STREET("派出街道", "Street"),
    OFFICE("监察办公室", "Supervision office");

    private final String zh;
    private final String en;

    GroupKind(String zh, String en) {
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
