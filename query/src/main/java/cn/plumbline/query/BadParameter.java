package cn.plumbline.query;

/** A parameter of a request is missing, unknown or not what it should be. */
public final class BadParameter extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String reason;

    /**
     * A fault of the caller.
     *
     * @param name the parameter's name
     * @param reason a code such as {@code MISSING}, {@code UNKNOWN}, {@code INVALID} or {@code POSITION_IN_FUTURE}
     */
    public BadParameter(String name, String reason) {
        super(name + ": " + reason, null, false, false);
        this.name = name;
        this.reason = reason;
    }

    /** The parameter's name. */
    public String name() {
        return name;
    }

    /** What is wrong with it, as a code. */
    public String reason() {
        return reason;
    }
}
