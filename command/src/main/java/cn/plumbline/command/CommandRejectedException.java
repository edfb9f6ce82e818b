package cn.plumbline.command;

import cn.plumbline.events.Rejection;
import java.util.Comparator;
import java.util.List;
import org.axonframework.messaging.commandhandling.CommandExecutionException;

/** The rules refused a command; the rejections are the details. An expected outcome, so it has no stack trace. */
public final class CommandRejectedException extends CommandExecutionException {

    private static final long serialVersionUID = 1L;

    private final transient List<Rejection> rejections;

    CommandRejectedException(List<Rejection> rejections) {
        super("refused", null, rejections, false);
        this.rejections = sorted(rejections);
    }

    /** Why, sorted by {@link Rejection#order()}. */
    public List<Rejection> rejections() {
        return rejections;
    }

    static List<Rejection> sorted(List<Rejection> rejections) {
        return rejections.stream()
                .sorted(Comparator.comparing(Rejection::order))
                .toList();
    }
}
