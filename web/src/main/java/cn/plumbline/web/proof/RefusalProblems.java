package cn.plumbline.web.proof;

import cn.plumbline.web.problems.ProblemException;
import cn.plumbline.web.problems.ProblemSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells a reader that there is no checkpoint because the journal contradicts an earlier one. */
@Component
final class RefusalProblems implements ProblemSource {

    @Override
    public @Nullable ProblemException of(Throwable failure) {
        return failure instanceof CheckpointRefused refused
                ? ProblemException.of(503, "CHECKPOINT_REFUSED")
                        .with("reason", refused.reason().name())
                        .with("size", refused.size())
                : null;
    }
}
