package cn.plumbline.web.problems;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows of every failure which problem it is for the caller: a {@link ProblemException} is one already, the rest is
 * translated, cause by cause, and what nobody knows is a fault of the server.
 */
public final class Problems {

    /** How far causes are followed; deeper ones do not exist, but a chain may be a ring. */
    private static final int CAUSES_MAX = 16;

    private final List<ProblemSource> sources;

    Problems(List<ProblemSource> sources) {
        this.sources = List.copyOf(sources);
        // The texts are read from files: now, since the first refusal is made on a thread that must not wait.
        ProblemTexts.ready();
    }

    /**
     * The problem that a failure is. A line of a batch and an answer of its own are told the same.
     *
     * @return never null; 500 {@code INTERNAL} for what nobody knows, which the caller has to log
     */
    public ProblemException of(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
            ProblemException known = known(cause);
            if (known != null) {
                return known;
            }
            cause = cause.getCause();
        }
        return ProblemException.of(500, "INTERNAL");
    }

    private @Nullable ProblemException known(Throwable failure) {
        if (failure instanceof ProblemException problem) {
            return problem;
        }
        for (ProblemSource source : sources) {
            ProblemException translated = source.of(failure);
            if (translated != null) {
                return translated;
            }
        }
        return null;
    }
}
