package cn.plumbline.command;

/** Too many commands wait to be decided; the caller may come again a little later. Nothing was decided. */
public final class CommandsOverloadedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandsOverloadedException(int waitingMax) {
        super("more than " + waitingMax + " commands are waiting", null, false, false);
    }
}
