package cn.plumbline.journal.reliability;

import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.AppendConflict;
import cn.plumbline.journal.Appended;
import cn.plumbline.journal.Criterion;
import cn.plumbline.journal.NewEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/**
 * Concurrent appends to one log and what their callers were told, to be checked for linearizability: is there one
 * order of all of them that agrees with every answer and in which no call comes before one that had returned when it
 * began? The check is that of Wing and Gong, which tries the orders, with Lowe's memory of those tried before. Meant for
 * a few dozen calls.
 */
final class History {

    private static final long NEVER = Long.MAX_VALUE;

    /** What a caller was told. */
    sealed interface Answer {
        /** The events stand from that position on. */
        record Stands(long first, long last) implements Answer {}

        /** A matching event stands at that position. */
        record Refused(long position) implements Answer {}

        /** Nothing; it may happen at any time from the call on, or never. */
        record None() implements Answer {}
    }

    /** A call between two instants of the history's clock. */
    record Call(long began, long returned, AppendCondition condition, List<NewEvent> events, Answer answer) {
        /** Short enough to read a history. */
        @Override
        public String toString() {
            return "%n[%d, %s] %s if none of %s above %d: %s"
                    .formatted(
                            began,
                            returned == NEVER ? "…" : String.valueOf(returned),
                            events.stream()
                                    .map(event -> event.id() + " " + event.type() + " " + event.tags())
                                    .toList(),
                            condition.criteria().items(),
                            condition.marker(),
                            answer);
        }
    }

    private final ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();
    private final AtomicLong clock = new AtomicLong();

    /** The append, noted when it is over. */
    Mono<Appended> note(AppendCondition condition, List<NewEvent> events, Mono<Appended> append) {
        return Mono.defer(() -> {
            long began = clock.incrementAndGet();
            return append.doOnNext(appended ->
                            add(began, condition, events, new Answer.Stands(appended.first(), appended.last())))
                    .doOnError(failure -> add(
                            began,
                            condition,
                            events,
                            failure instanceof AppendConflict conflict
                                    ? new Answer.Refused(conflict.position())
                                    : new Answer.None()));
        });
    }

    private void add(long began, AppendCondition condition, List<NewEvent> events, Answer answer) {
        long returned = answer instanceof Answer.None ? NEVER : clock.incrementAndGet();
        calls.add(new Call(began, returned, condition, events, answer));
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Whether an order of the calls explains all answers and the log, the ids of whose events are given. */
    static boolean isLinearizable(List<Call> calls, List<String> log) {
        return new Search(calls, log).succeeds(new BitSet(), List.of());
    }

    /** Depth first; the state of the model is the list of the events so far. */
    private static final class Search {

        private record Tried(BitSet placed, List<String> state) {}

        private final List<Call> calls;
        private final List<String> log;
        private final Set<Tried> tried = new HashSet<>();

        Search(List<Call> calls, List<String> log) {
            this.calls = calls;
            this.log = log;
        }

        boolean succeeds(BitSet placed, List<NewEvent> state) {
            List<String> ids = state.stream().map(NewEvent::id).toList();
            if (!tried.add(new Tried((BitSet) placed.clone(), ids))) {
                return false;
            }
            long firstReturn = NEVER;
            for (int i = placed.nextClearBit(0); i < calls.size(); i = placed.nextClearBit(i + 1)) {
                firstReturn = Math.min(firstReturn, calls.get(i).returned());
            }
            if (firstReturn == NEVER && ids.equals(log)) {
                return true;
            }
            for (int i = placed.nextClearBit(0); i < calls.size(); i = placed.nextClearBit(i + 1)) {
                if (calls.get(i).began() < firstReturn) {
                    Optional<List<NewEvent>> next = step(state, calls.get(i));
                    placed.set(i);
                    if (next.isPresent() && succeeds(placed, next.get())) {
                        return true;
                    }
                    placed.clear(i);
                }
            }
            return false;
        }

        /** The log after a call, if at this place the call would have had its answer. */
        private static Optional<List<NewEvent>> step(List<NewEvent> state, Call call) {
            return switch (call.answer()) {
                case Answer.Stands(long first, long last) ->
                    holds(state, call.condition())
                                    && first == state.size() + 1
                                    && last == state.size() + call.events().size()
                            ? Optional.of(after(state, call))
                            : Optional.empty();
                case Answer.Refused(long position) ->
                    position > call.condition().marker()
                                    && position <= state.size()
                                    && matches(call.condition(), state.get((int) position - 1))
                            ? Optional.of(state)
                            : Optional.empty();
                case Answer.None() ->
                    holds(state, call.condition()) ? Optional.of(after(state, call)) : Optional.empty();
            };
        }

        private static boolean holds(List<NewEvent> state, AppendCondition condition) {
            return state.stream().skip(condition.marker()).noneMatch(event -> matches(condition, event));
        }

        /** The rule of dcb.events, word for word: any item; of an item, any type and all tags. */
        private static boolean matches(AppendCondition condition, NewEvent event) {
            for (Criterion item : condition.criteria().items()) {
                boolean type = item.types().isEmpty() || item.types().contains(event.type());
                if (type && event.tags().containsAll(item.tags())) {
                    return true;
                }
            }
            return false;
        }

        private static List<NewEvent> after(List<NewEvent> state, Call call) {
            List<NewEvent> after = new ArrayList<>(state);
            after.addAll(call.events());
            return after;
        }
    }
}
