package cn.plumbline.web.boot;

import cn.plumbline.journal.EventTooLarge;
import cn.plumbline.journal.JournalCorrupted;
import cn.plumbline.journal.JournalOverloaded;
import cn.plumbline.journal.JournalUnavailable;
import cn.plumbline.web.problems.ProblemException;
import cn.plumbline.web.problems.ProblemSource;
import com.mongodb.MongoException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** What failures of the journal are to a caller, who may come back and lose nothing. */
@Component
final class JournalProblems implements ProblemSource {

    /** In seconds; a full queue is mostly emptied within this. */
    private static final String QUEUE_EMPTIED = "1";

    /** In seconds; a database that changes its primary is mostly back within this. */
    private static final String DATABASE_BACK = "5";

    @Override
    public @Nullable ProblemException of(Throwable failure) {
        return switch (failure) {
            case JournalOverloaded overloaded ->
                ProblemException.of(503, "OVERLOADED").header(HttpHeaders.RETRY_AFTER, QUEUE_EMPTIED);
            case JournalUnavailable unavailable -> unavailable();
            case MongoException unavailable -> unavailable();
            case JournalCorrupted corrupted -> ProblemException.of(500, "JOURNAL_CORRUPTED");
            case EventTooLarge tooLarge -> ProblemException.of(422, "EVENT_TOO_LARGE");
            default -> null;
        };
    }

    private static ProblemException unavailable() {
        return ProblemException.of(503, "JOURNAL_UNAVAILABLE").header(HttpHeaders.RETRY_AFTER, DATABASE_BACK);
    }
}
