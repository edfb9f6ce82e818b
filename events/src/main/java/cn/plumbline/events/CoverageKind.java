package cn.plumbline.events;

/** By what a unit is covered: a dispatch group of one of the kinds of {@link GroupKind}, a work committee with a plaque, an internal organ, or an arrangement from before the reform. */
public enum CoverageKind implements CodeList {
    STANDALONE("单独派驻", "Standalone"),
    GROUPED("归口派驻", "Grouped"),
    JOINT("联合派驻", "Joint"),
    COMPREHENSIVE("综合派驻", "Comprehensive"),
    STREET("派出街道", "Street"),
    OFFICE("监察办公室", "Supervision office"),
    PLAQUE("加挂牌子", "Plaque on a work committee"),
    INTERNAL("内设机构", "Internal organ"),
    LEGACY("原有覆盖", "Legacy");

    private final String zh;
    private final String en;

    CoverageKind(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    /** The coverage kind of a group of the given kind. */
    public static CoverageKind of(GroupKind kind) {
        return valueOf(kind.name());
    }

    /** Whether coverage of this kind is by a dispatch group. */
    public boolean byGroup() {
        return switch (this) {
            case STANDALONE, GROUPED, JOINT, COMPREHENSIVE, STREET, OFFICE -> true;
            case PLAQUE, INTERNAL, LEGACY -> false;
        };
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
