package cn.plumbline.journal.reliability;

import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.AppendConflict;
import cn.plumbline.journal.Appended;
import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalOverloaded;
import cn.plumbline.journal.NewEvent;
import cn.plumbline.journal.Samples;
import cn.plumbline.journal.Tag;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/**
 * What the callers of one journal were told, command by command, to be held against what the journal has: see
 * {@link Verdict}. The events of a command are {@code <id>.1} to {@code <id>.<count>} and carry its tag. May be used by
 * any thread.
 */
public class Promises {

    /** What a caller knows of a command. */
    enum Answer {
        /** It stands where he was told. */
        ACKNOWLEDGED,
        /** He asked again, and was refused because it is there. */
        PRESENT,
        /** Nobody could tell him. */
        UNKNOWN,
        /** It was refused: it is not there. */
        REFUSED
    }

    /** An answer; {@code first} is the position of the first event of an acknowledged command. */
    record Told(Answer answer, int count, long first) {}

    private final Map<String, Told> told = new ConcurrentHashMap<>();

    /** Appends a command and notes the answer. */
    public Mono<Appended> append(Journal journal, String id, AppendCondition condition, List<NewEvent> events) {
        return Mono.defer(() -> {
            boolean again = tries(id, events.size());
            return journal.append(events, condition)
                    .doOnNext(appended -> acknowledges(id, events.size(), appended.first()))
                    .doOnError(failure -> note(id, new Told(after(failure, again), events.size(), 0)));
        });
    }

    /** Appends a command of so many events under the condition that it is not there. */
    public Mono<Appended> append(Journal journal, String id, int count, Tag... tags) {
        AppendCondition onlyOnce = new AppendCondition(0, Criteria.tags(Samples.commandTag(id)));
        return append(journal, id, onlyOnce, Samples.command(id, count, tags));
    }

    /** Notes that a command is under way; true if it may be there from an earlier try. */
    public boolean tries(String id, int count) {
        Told before = told.get(id);
        note(id, new Told(Answer.UNKNOWN, count, 0));
        return before != null && before.answer == Answer.UNKNOWN;
    }

    /** Notes an acknowledgement. */
    public void acknowledges(String id, int count, long first) {
        note(id, new Told(Answer.ACKNOWLEDGED, count, first));
    }

    /** Notes what is known of a command now. */
    void note(String id, Told answer) {
        told.put(id, answer);
    }

    private static Answer after(Throwable failure, boolean again) {
        return switch (failure) {
            case AppendConflict conflict -> again ? Answer.PRESENT : Answer.REFUSED;
            case JournalOverloaded overloaded -> again ? Answer.UNKNOWN : Answer.REFUSED;
            default -> Answer.UNKNOWN;
        };
    }

    /** How many commands were answered so. */
    long count(Answer answer) {
        return told.values().stream().filter(one -> one.answer == answer).count();
    }

    Map<String, Told> told() {
        return told;
    }
}
