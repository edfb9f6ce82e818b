package cn.plumbline.web.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.plumbline.events.Rejection;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProblemsTest {

    private final Problems problems = new Problems(List.of(new ModuleProblems(), new FrameworkProblems()));

    record Refusal(String code, Map<String, Object> data, Order order) implements Rejection {}

    @Nested
    class AFailure {

        @Test
        void isItselfWhenItIsAProblem() {
            ProblemException problem = ProblemException.of(404, "UNKNOWN_VIEW");
            assertThat(problems.of(problem)).isSameAs(problem);
        }

        @Test
        void isKnownByItsCause() {
            assertThat(problems.of(new IllegalStateException(new TimeoutException())))
                    .extracting(ProblemException::status, ProblemException::code)
                    .containsExactly(504, "TIMEOUT");
        }

        @Test
        void isAFaultOfTheServerWhenNobodyKnowsIt() {
            assertThat(problems.of(new IOException("secret")))
                    .extracting(ProblemException::status, ProblemException::code)
                    .containsExactly(500, "INTERNAL");
        }

        @Test
        void isAskedOfTheSourcesBeforeTheFramework() {
            Problems asking = new Problems(List.of(
                    failure -> failure instanceof IOException ? ProblemException.of(503, "JOURNAL_UNAVAILABLE") : null,
                    new FrameworkProblems()));
            assertThat(asking.of(new IllegalStateException(new IOException())))
                    .extracting(ProblemException::status)
                    .isEqualTo(503);
        }
    }

    @Nested
    class ARejectedCommand {

        private final ProblemException problem = ProblemException.rejected(
                "c1",
                List.of(
                        new Refusal(
                                "INVALID",
                                Map.of("existingGroupId", "G", "status", "ACTIVE"),
                                Rejection.Order.EXISTENCE),
                        new Refusal("TIMEOUT", Map.of("existingGroupId", "H"), Rejection.Order.INTERVALS)));

        @Test
        void tellsAllRejectionsAndTheDataOfTheFirst() {
            assertThat(problem.status()).isEqualTo(422);
            Map<String, Object> body = problem.body(Locale.ENGLISH);
            assertThat(body)
                    .containsEntry("type", "/problems/INVALID")
                    .containsEntry("code", "INVALID")
                    .containsEntry("commandId", "c1")
                    .containsEntry("existingGroupId", "G");
            assertThat((List<?>) body.get("rejections")).hasSize(2);
        }

        @Test
        void keepsItsOwnStatusWhenTheDataHasOne() {
            assertThat(problem.body(Locale.ENGLISH)).containsEntry("status", 422);
        }

        @Test
        void isForbiddenWhenItIsOutOfScope() {
            assertThat(ProblemException.rejected(
                                    "c1", List.of(new Refusal("FORBIDDEN_BY_SCOPE", Map.of(), Rejection.Order.COMMAND)))
                            .status())
                    .isEqualTo(403);
        }
    }

    @Nested
    class ABody {

        @Test
        void speaksChineseUnlessEnglishIsAskedFor() {
            ProblemException problem = ProblemException.of(404, "NOT_FOUND");
            assertThat(problem.body(Locale.SIMPLIFIED_CHINESE)).containsEntry("title", "没有这个地址");
            assertThat(problem.body(Locale.UK)).containsEntry("title", "There is nothing at this address");
        }

        @Test
        void keepsTheMembersThatEveryProblemHas() {
            ProblemException problem = ProblemException.of(404, "NOT_FOUND");
            assertThatThrownBy(() -> problem.with("status", 200)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void everyCodeHasTextsInBothLanguages() {
        assertThat(ProblemTexts.own()).hasSizeGreaterThan(25).allSatisfy((code, text) -> {
            assertThat(text.status()).isBetween(400, 599);
            assertThat(List.of(text.message(), text.advice())).allSatisfy(message -> {
                assertThat(message.zh()).isNotBlank();
                assertThat(message.en()).isNotBlank();
            });
        });
    }
}
