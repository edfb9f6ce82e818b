package cn.plumbline.web.problems;

import cn.plumbline.command.CommandsOverloadedException;
import cn.plumbline.query.BadParameter;
import cn.plumbline.query.QueriesOverloaded;
import cn.plumbline.query.UnknownView;
import cn.plumbline.query.ViewReplaced;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The typed failures of the modules behind the doors. */
final class ModuleProblems implements ProblemSource {

    /** A queue that is full is mostly emptied within this; in seconds. */
    static final String RETRY_AFTER = "1";

    @Override
    public @Nullable ProblemException of(Throwable failure) {
        return switch (failure) {
            case UnknownView unknown -> ProblemException.of(404, "UNKNOWN_VIEW");
            case BadParameter bad -> parameter(bad);
            case QueriesOverloaded overloaded -> overloaded();
            case ViewReplaced replaced -> overloaded();
            case CommandsOverloadedException overloaded -> overloaded();
            case TimeoutException timeout -> ProblemException.of(504, "TIMEOUT");
            default -> null;
        };
    }

    private static ProblemException parameter(BadParameter bad) {
        String code = bad.reason().equals("POSITION_IN_FUTURE") ? "POSITION_IN_FUTURE" : "BAD_PARAMETER";
        return ProblemException.of(400, code)
                .with("parameter", bad.name())
                .with("reason", bad.reason())
                .detail("参数 " + bad.name() + " 有误", "The parameter " + bad.name() + " is wrong");
    }

    private static ProblemException overloaded() {
        return ProblemException.of(503, "OVERLOADED").header(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
    }
}
