package cn.plumbline.events;

/** How far content may go. State secrets (秘密 and above) have no value here: the product refuses them (《保守国家秘密法》第三十一条). */
public enum Classification implements CodeList {
    PUBLIC("公开", "Public"),
    INTERNAL("内部", "Internal"),
    WORK_SECRET("工作秘密", "Work secret");

    private final String zh;
    private final String en;

    Classification(String zh, String en) {
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
