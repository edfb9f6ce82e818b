package cn.plumbline.web.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.plumbline.web.problems.ProblemException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

class ParametersTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Test
    void readsWhatStandsThere() {
        Parameters parameters = parameters("a", "12", "b", "5s", "c", "2015-11-13");

        assertThat(parameters.position("a")).isEqualTo(OptionalLong.of(12));
        assertThat(parameters.count("a", 100, 1_000)).isEqualTo(12);
        assertThat(parameters.seconds("b", Duration.ZERO, Duration.ofSeconds(30)))
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(parameters.day("c", TODAY)).isEqualTo("2015-11-13");
    }

    @Test
    void takesAParameterWithoutAValueForAbsent() {
        Parameters parameters = parameters("a", "", "b", " ");

        assertThat(parameters.text("a")).isNull();
        assertThat(parameters.all("b")).isEmpty();
        assertThat(parameters.position("c")).isEmpty();
        assertThat(parameters.day("a", TODAY)).isEqualTo(TODAY);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        refused(() -> parameters("d", "1"), "d", "UNKNOWN");
        MultiValueMap<String, String> query = new LinkedMultiValueMap<>();
        query.add("a", "");
        refused(() -> Parameters.none(query), "a", "UNKNOWN");
    }

    @Test
    void refusesASecondValueWhereOneIsMeant() {
        refused(() -> parameters("a", "1", "a", "1").text("a"), "a", "REPEATED");
        assertThat(parameters("a", "1", "a", "2").all("a")).containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.0", "1e3", "x", "１２", "9999999999999999999", "0x10"})
    void refusesWhatIsNoPosition(String text) {
        refused(() -> parameters("a", text).position("a"), "a", "INVALID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "x", "999999999999999999"})
    void refusesACountOutOfItsRange(String text) {
        refused(() -> parameters("a", text).count("a", 100, 1_000), "a", "INVALID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"31", "-1", "5m", "1.5", "9999999"})
    void refusesSecondsOutOfTheirRange(String text) {
        refused(() -> parameters("a", text).seconds("a", Duration.ZERO, Duration.ofSeconds(30)), "a", "INVALID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2015-02-29", "2015-13-01", "20151113", "+12015-01-01", "2015-11-13T00:00:00Z", "today"})
    void refusesWhatIsNoDay(String text) {
        refused(() -> parameters("a", text).day("a", TODAY), "a", "INVALID");
    }

    private static Parameters parameters(String... namesAndValues) {
        MultiValueMap<String, String> query = new LinkedMultiValueMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            query.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Parameters.of(query, List.of("a", "b", "c"));
    }

    private static void refused(ThrowingCallable reading, String name, String reason) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(reading).satisfies(problem -> {
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.code()).isEqualTo("BAD_PARAMETER");
            assertThat(problem.data()).containsEntry("parameter", name).containsEntry("reason", reason);
        });
    }
}
