package cn.plumbline.web.problems;

import org.jspecify.annotations.Nullable;

/**
 * Translates failures that this package cannot know. Every bean of this type is asked, before the failure is taken for
 * a fault of the server.
 */
@FunctionalInterface
public interface ProblemSource {

    /** The problem that a failure is for the caller, or null when this source does not know it. Causes are asked too. */
    @Nullable
    ProblemException of(Throwable failure);
}
