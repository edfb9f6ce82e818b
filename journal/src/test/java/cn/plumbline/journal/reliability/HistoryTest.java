package cn.plumbline.journal.reliability;

import static cn.plumbline.journal.Samples.command;
import static cn.plumbline.journal.Samples.commandTag;
import static cn.plumbline.journal.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Samples;
import cn.plumbline.journal.reliability.History.Answer;
import cn.plumbline.journal.reliability.History.Answer.None;
import cn.plumbline.journal.reliability.History.Answer.Refused;
import cn.plumbline.journal.reliability.History.Answer.Stands;
import cn.plumbline.journal.reliability.History.Call;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The check of histories, on histories whose verdict is known. */
class HistoryTest {

    private static final AppendCondition NONE = AppendCondition.none();

    private static Call call(long began, long returned, String id, AppendCondition condition, Answer answer) {
        return new Call(began, returned, condition, command(id, 1, unit(1)), answer);
    }

    private static Call unanswered(long began, String id, AppendCondition condition) {
        return call(began, Long.MAX_VALUE, id, condition, new None());
    }

    private static Stands at(long position) {
        return new Stands(position, position);
    }

    private static boolean check(List<Call> calls, String... log) {
        return History.isLinearizable(calls, List.of(log));
    }

    @Nested
    class IsLinearizable {

        @Test
        void inTheOrderOfTheCalls() {
            assertThat(check(List.of(call(1, 2, "a", NONE, at(1)), call(3, 4, "b", NONE, at(2))), "a.1", "b.1"))
                    .isTrue();
        }

        @Test
        void inAnotherOrderIfTheyOverlap() {
            assertThat(check(List.of(call(1, 4, "a", NONE, at(2)), call(2, 3, "b", NONE, at(1))), "b.1", "a.1"))
                    .isTrue();
        }

        @Test
        void withARefusalForWhatWasThere() {
            AppendCondition nothing = Samples.noneOf(0, unit(1));
            assertThat(check(List.of(call(1, 2, "a", nothing, at(1)), call(1, 3, "b", nothing, new Refused(1))), "a.1"))
                    .isTrue();
        }

        @Test
        void whetherWhatWasNotAnsweredHappenedOrNot() {
            List<Call> calls = List.of(unanswered(1, "a", NONE), call(2, 3, "b", NONE, at(1)));
            assertThat(check(calls, "b.1")).isTrue();
            assertThat(check(calls, "b.1", "a.1")).isTrue();
        }
    }

    @Nested
    class IsNotLinearizable {

        @Test
        void againstTheOrderOfCallsThatDoNotOverlap() {
            assertThat(check(List.of(call(1, 2, "a", NONE, at(2)), call(3, 4, "b", NONE, at(1))), "b.1", "a.1"))
                    .isFalse();
        }

        @Test
        void withTwoAtOnePosition() {
            assertThat(check(List.of(call(1, 3, "a", NONE, at(1)), call(2, 4, "b", NONE, at(1))), "a.1", "b.1"))
                    .isFalse();
        }

        @Test
        void withTwoThatExcludeOneAnother() {
            AppendCondition nothing = Samples.noneOf(0, unit(1));
            assertThat(check(List.of(call(1, 3, "a", nothing, at(1)), call(2, 4, "b", nothing, at(2))), "a.1", "b.1"))
                    .isFalse();
        }

        @Test
        void withAWriteSkew() {
            AppendCondition noB = new AppendCondition(0, Criteria.tags(commandTag("b")));
            AppendCondition noA = new AppendCondition(0, Criteria.tags(commandTag("a")));
            List<Call> calls = List.of(call(1, 3, "a", noB, at(1)), call(2, 4, "b", noA, at(2)));
            assertThat(check(calls, "a.1", "b.1")).isFalse();
        }

        @Test
        void withARefusalForWhatDoesNotMatch() {
            AppendCondition none = Samples.noneOf(0, unit(2));
            assertThat(check(List.of(call(1, 2, "a", NONE, at(1)), call(3, 4, "b", none, new Refused(1))), "a.1"))
                    .isFalse();
        }

        @Test
        void withARefusalForWhatWasSeen() {
            AppendCondition none = Samples.noneOf(1, unit(1));
            assertThat(check(List.of(call(1, 2, "a", NONE, at(1)), call(3, 4, "b", none, new Refused(1))), "a.1"))
                    .isFalse();
        }

        @Test
        void withARefusalForWhatCameLater() {
            AppendCondition none = Samples.noneOf(0, unit(1));
            assertThat(check(List.of(call(1, 2, "b", none, new Refused(1)), call(3, 4, "a", NONE, at(1))), "a.1"))
                    .isFalse();
        }

        @Test
        void withoutWhatWasAcknowledged() {
            assertThat(check(List.of(call(1, 2, "a", NONE, at(1))))).isFalse();
        }

        @Test
        void withWhatNobodyAskedFor() {
            assertThat(check(List.of(call(1, 2, "a", NONE, at(1))), "a.1", "x.1"))
                    .isFalse();
        }

        @Test
        void withAnUnansweredCallAgainstItsCondition() {
            AppendCondition none = Samples.noneOf(0, unit(1));
            assertThat(check(List.of(call(1, 2, "a", NONE, at(1)), unanswered(3, "b", none)), "a.1", "b.1"))
                    .isFalse();
        }

        @Test
        void withAnUnansweredCallBeforeItBegan() {
            assertThat(check(List.of(call(1, 2, "a", NONE, at(2)), unanswered(3, "b", NONE)), "b.1", "a.1"))
                    .isFalse();
        }
    }
}
