package cn.plumbline.events;

/** The role of a unit in the coverage by a group. */
public enum CoverageRole implements CodeList {
    RESIDENT("驻在单位", "Resident"),
    GROUPED("归口单位", "Grouped"),
    AREA_LIAISON("联系单位", "Area liaison");

    private final String zh;
    private final String en;

    CoverageRole(String zh, String en) {
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
