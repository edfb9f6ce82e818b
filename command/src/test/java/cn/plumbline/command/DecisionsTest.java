package cn.plumbline.command;

import static cn.plumbline.command.TestSystem.CLERK2;
import static cn.plumbline.command.TestSystem.LIMIT;
import static cn.plumbline.command.TestSystem.codes;
import static cn.plumbline.command.TestSystem.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DecisionsTest {

    private static final String ORGAN = "{'organId':'O','name':'自治区纪委','level':'PROVINCE'}";
    private static final String KEY = "00000000-0000-4000-8000-000000000001";

    private final TestSystem system = new TestSystem();

    @AfterEach
    void close() {
        system.close();
    }

    @Nested
    class AnAcceptedCommand {

        @Test
        void answersWithWhereItsEventsStand() {
            Outcome.Accepted accepted = (Outcome.Accepted) system.decide("RegisterOrgan", ORGAN, KEY);
            assertThat(accepted.position()).isEqualTo(1);
            assertThat(accepted.ids()).containsEntry("organId", "O");
            assertThat(accepted.replayed()).isFalse();
            assertThat(accepted.events())
                    .containsExactly(new Outcome.RecordedEvent(KEY + ".1", "orgregistry.OrganRegistered", 1));
            assertThat(system.attempts).isEmpty();
        }

        @Test
        void givesItsFirstAnswerAgain() {
            Outcome.Accepted first = (Outcome.Accepted) system.decide("RegisterOrgan", ORGAN, KEY);
            Outcome.Accepted second = (Outcome.Accepted) system.decide("RegisterOrgan", ORGAN, KEY);
            assertThat(second.replayed()).isTrue();
            assertThat(second)
                    .usingRecursiveComparison()
                    .ignoringFields("replayed")
                    .isEqualTo(first);
        }

        @Test
        void keepsItsKeyFromOtherBodiesAndActors() {
            system.decide("RegisterOrgan", ORGAN, KEY);
            assertThat(system.decide("RegisterOrgan", ORGAN.replace("自治区", "市"), KEY))
                    .isEqualTo(new Outcome.KeyReused(KEY));
            assertThat(system.decisions
                            .decide(request("RegisterOrgan", ORGAN, KEY, CLERK2))
                            .block(LIMIT))
                    .isEqualTo(new Outcome.KeyReused(KEY));
        }

        @Test
        void getsAnIdFromTheServerAndKeepsItWhenRepeated() {
            String body = "{'name':'某纪委','level':'COUNTY'}";
            Outcome.Accepted first = (Outcome.Accepted) system.decide("RegisterOrgan", body, KEY);
            Outcome.Accepted second = (Outcome.Accepted) system.decide("RegisterOrgan", body, KEY);
            assertThat(first.ids()).containsEntry("organId", "made-1");
            assertThat(second.ids()).isEqualTo(first.ids());
        }
    }

    @Nested
    class ARefusedCommand {

        @Test
        void isKeptAsAnAttemptAndDecidedAgain() {
            system.given("RegisterOrgan", ORGAN);
            assertThat(codes(system.decide("RegisterOrgan", ORGAN, KEY))).containsExactly("ID_ALREADY_USED");
            assertThat(system.attempts).hasSize(1);
            assertThat(system.attempts.getFirst().body()).isNotNull();
            assertThat(system.decide("RegisterOrgan", ORGAN.replace("'O'", "'P'"), KEY))
                    .isInstanceOf(Outcome.Accepted.class);
        }

        @Test
        void leavesNoContentBehindThatMustNotBeHere() {
            assertThat(system.codes("RegisterOrgan", "{'name':'电话 138 1234 5678','level':'COUNTY'}"))
                    .containsExactly("PII_IN_EVENT");
            assertThat(system.codes("RegisterOrgan", "{'name':'x','level':'COUNTY','classification':'机密'}"))
                    .containsExactly("CLASSIFIED_CONTENT_NOT_ALLOWED");
            assertThat(system.attempts).allSatisfy(attempt -> {
                assertThat(attempt.body()).isNull();
                assertThat(attempt.bodyHash()).isNull();
            });
        }
    }

    @Test
    void aPositionThatIsTooOldFailsThePrecondition() {
        system.given("RegisterOrgan", ORGAN);
        CommandRequest rule =
                request("SetNamingRule", "{'organId':'O','namePattern':'驻*组','titles':['组长']}", KEY, TestSystem.CLERK);
        assertThat(system.decisions.decide(withIfMatch(rule, 0)).block(LIMIT))
                .isEqualTo(new Outcome.PreconditionFailed(KEY, 1));
        assertThat(system.decisions.decide(withIfMatch(rule, 1)).block(LIMIT)).isInstanceOf(Outcome.Accepted.class);
        assertThat(system.decisions.decide(withIfMatch(rule, 1)).block(LIMIT))
                .extracting(outcome -> ((Outcome.Accepted) outcome).replayed())
                .isEqualTo(true);
    }

    @Test
    void aBodyThatDoesNotFitNamesTheField() {
        assertThat(system.decide("RegisterOrgan", "{'name':'x','level':'MOON'}"))
                .isInstanceOfSatisfying(
                        Outcome.Invalid.class,
                        invalid -> assertThat(invalid.errors().getFirst().pointer())
                                .isEqualTo("/level"));
    }

    @Test
    void aBodyThatLacksFieldsNamesThemAll() {
        Outcome outcome = system.decide(
                "AppointGroupMember",
                "{'groupId':'G','fullTime':true,'from':'2015-01-01','decision':{'meeting':' '},"
                        + "'approval':{'level':'ORGAN_HEAD'}}");
        assertThat(((Outcome.Invalid) outcome).errors())
                .extracting(FieldError::pointer)
                .containsExactlyInAnyOrder(
                        "/personId",
                        "/decision/meeting",
                        "/decision/date",
                        "/approval/approverId",
                        "/approval/approvedOn");
        assertThat(system.attempts).isEmpty();
    }

    @Test
    void aNumberThatIsTooLargeIsAFaultOfTheBody() {
        assertThat(system.decide(
                        "AppraiseGroup", "{'groupId':'G','year':99999999999,'grade':'优','basis':[{'docNo':'文1'}]}"))
                .isInstanceOf(Outcome.Invalid.class);
    }

    @Test
    void everyMandatoryBasisIsAskedFor() {
        assertThat(system.decide("AppraiseGroup", "{'groupId':'G','year':2015,'grade':'优'}", KEY))
                .isEqualTo(new Outcome.Invalid(KEY, List.of(new FieldError("/basis", "REQUIRED", "必填", "Required"))));
    }

    @Test
    void nothingToDoKeepsTheHead() {
        system.given("RegisterOrgan", ORGAN);
        String rule = "{'organId':'O','namePattern':'驻*组','titles':['组长']}";
        system.given("SetNamingRule", rule);
        Outcome.Accepted again = system.given("SetNamingRule", rule);
        assertThat(again.events()).isEmpty();
        assertThat(again.position()).isEqualTo(2);
    }

    static CommandRequest withIfMatch(CommandRequest request, long position) {
        return new CommandRequest(
                request.name(),
                request.body(),
                request.commandId(),
                request.actor(),
                OptionalLong.of(position),
                request.correlationId(),
                request.causationId());
    }
}
