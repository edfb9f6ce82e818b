package cn.plumbline.web.samples;

/** A sample was asked for that does not exist. */
public final class UnknownSample extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnknownSample(String name) {
        super("没有示例 " + name + "；现有 " + Samples.NAMES + " no such sample");
    }
}
