package cn.plumbline.query;

/** No view has the name. */
public final class UnknownView extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownView(String name) {
        super("no view " + name, null, false, false);
    }
}
