package cn.plumbline.events;

/** Who approves, lowest first; a rule names the minimum, a higher level is always acceptable (《纪检监察机关派驻机构工作规则》第五十二条). */
public enum ApprovalLevel implements CodeList {
    OFFICE_HEAD("承办部门负责人", "Office head"),
    ORGAN_DEPUTY("分管负责人", "Organ deputy"),
    GROUP_HEAD("派驻机构主要负责人", "Group head"),
    ORGAN_HEAD("机关主要负责人", "Organ head"),
    DISPATCHING_ORGAN("派出机关", "Dispatching organ"),
    STANDING_COMMITTEE("纪委常委会", "Standing committee"),
    PARTY_HEAD("同级党委主要负责人", "Party head"),
    PARTY_COMMITTEE("同级党委", "Party committee");

    private final String zh;
    private final String en;

    ApprovalLevel(String zh, String en) {
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
