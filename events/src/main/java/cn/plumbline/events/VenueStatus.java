package cn.plumbline.events;

/** The states of a venue. */
public enum VenueStatus implements CodeList {
    TEMPORARY("临时设立", "Temporary"),
    SHARED("共用", "Shared"),
    IN_USE("投入使用", "In use"),
    CLOSED("停用", "Closed");

    private final String zh;
    private final String en;

    VenueStatus(String zh, String en) {
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
