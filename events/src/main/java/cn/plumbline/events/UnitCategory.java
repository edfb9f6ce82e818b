package cn.plumbline.events;

/** What kind of unit is supervised. */
public enum UnitCategory implements CodeList {
    PARTY_DEPT("党的工作部门", "Party department"),
    GOV_DEPT("政府部门", "Government department"),
    NPC_ORGAN("人大机关", "People's congress organ"),
    CPPCC_ORGAN("政协机关", "CPPCC organ"),
    TOWN_STREET("乡镇街道", "Township or street"),
    SOE_PSI("国有企事业单位", "State-owned enterprise or public institution"),
    CENTRAL_RESIDENT("中央驻地单位", "Central unit resident in the area"),
    COMMUNITY("社区", "Community"),
    OTHER("其他", "Other");

    private final String zh;
    private final String en;

    UnitCategory(String zh, String en) {
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
