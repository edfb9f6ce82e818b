package cn.plumbline.events;

/** Administrative levels, highest first. */
public enum Level implements CodeList {
    NATIONAL("中央", "National"),
    PROVINCE("省级", "Province"),
    PREFECTURE("地市级", "Prefecture"),
    COUNTY("县级", "County"),
    TOWNSHIP("乡镇级", "Township"),
    COMMUNITY("社区级", "Community");

    private final String zh;
    private final String en;

    Level(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    /** Whether this is the level right below the other. */
    @SuppressWarnings("EnumOrdinal") // the order of the levels is their meaning
    public boolean isOneBelow(Level other) {
        return ordinal() == other.ordinal() + 1;
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
