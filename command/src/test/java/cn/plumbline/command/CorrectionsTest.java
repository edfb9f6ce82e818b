package cn.plumbline.command;

import static cn.plumbline.command.TestSystem.CLERK;
import static cn.plumbline.command.TestSystem.CLERK2;
import static cn.plumbline.command.TestSystem.codes;
import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.Actor;
import cn.plumbline.events.CorrectionEvent;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.RecordRejection.CorrectionBreaksLaterRecords;
import cn.plumbline.events.RecordRejection.FieldNotCorrectable;
import cn.plumbline.events.RecordRejection.FieldNotCorrectable.Why;
import cn.plumbline.events.Tag;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CorrectionsTest {

    private static final String BASIS = "'basis':[{'docNo':'文1','issuedOn':'2012-01-01'}]";
    private static final Actor THIRD = new Actor("clerk3", "clerk", null);

    private final TestSystem system = new TestSystem();

    @BeforeEach
    void prepare() {
        World.prepare(system);
    }

    @AfterEach
    void close() {
        system.close();
    }

    @Nested
    class ACorrection {

        @Test
        void keepsOldAndNewAndTheTagsOfBoth() {
            String target = id("orgregistry.UnitRegistered", "\"u6\"");
            assertThat(correct(CLERK2, target, "'name':'新六厅'")).isInstanceOf(Outcome.Accepted.class);
            CorrectionEvent.RecordCorrected event =
                    (CorrectionEvent.RecordCorrected) system.history().getLast().event();
            assertThat(event.changes()).hasSize(1);
            assertThat(event.changes().getFirst().old().asString()).isEqualTo("六厅");
            assertThat(event.changes().getFirst().new_().asString()).isEqualTo("新六厅");
            assertThat(event.targetTags())
                    .extracting(Tag::key)
                    .containsOnly("unit", "unitname")
                    .hasSize(3);
        }

        @Test
        void countsInEveryLaterDecision() {
            assertThat(correct(CLERK2, id("orgregistry.UnitRegistered", "\"u6\""), "'name':'新六厅'"))
                    .isInstanceOf(Outcome.Accepted.class);
            String taken = "{'unitId':'n1','name':'新六厅','level':'PROVINCE','category':'OTHER'}";
            String free = "{'unitId':'n2','name':'六厅','level':'PROVINCE','category':'OTHER'}";
            assertThat(system.codes("RegisterUnit", taken)).containsExactly("UNIT_NAME_DUPLICATE");
            assertThat(system.decide("RegisterUnit", free)).isInstanceOf(Outcome.Accepted.class);
        }

        @Test
        void ofACorrectedRecordStartsFromTheCorrectedValue() {
            String target = id("orgregistry.UnitRegistered", "\"u6\"");
            assertThat(correct(CLERK2, target, "'name':'甲厅'")).isInstanceOf(Outcome.Accepted.class);
            assertThat(correct(THIRD, target, "'name':'乙厅'")).isInstanceOf(Outcome.Accepted.class);
            for (String name : List.of("六厅", "甲厅")) {
                assertThat(system.decide(
                                "RegisterUnit", "{'name':'" + name + "','level':'PROVINCE','category':'OTHER'}"))
                        .as(name)
                        .isInstanceOf(Outcome.Accepted.class);
            }
            assertThat(system.codes("RegisterUnit", "{'name':'乙厅','level':'PROVINCE','category':'OTHER'}"))
                    .containsExactly("UNIT_NAME_DUPLICATE");
        }

        @Test
        void movesAPeriodForThoseWhoCoverAfterIt() {
            String target = id("dispatch.UnitCoverageStarted", "\"u5\"");
            String early = "{'unitId':'u5','organId':'O','organName':'纪委','effectiveFrom':'2015-07-01'}";
            assertThat(system.codes("RecordInternalOrgan", early)).containsExactly("UNIT_ALREADY_COVERED");
            assertThat(correct(CLERK2, target, "'effectiveTo':'2015-07-01'")).isInstanceOf(Outcome.Accepted.class);
            assertThat(system.decide("RecordInternalOrgan", early)).isInstanceOf(Outcome.Accepted.class);
        }

        @Test
        void thatChangesNothingRecordsNothing() {
            long head = system.head();
            assertThat(correct(CLERK2, id("orgregistry.UnitRegistered", "\"u6\""), "'name':'六厅'"))
                    .isInstanceOf(Outcome.Accepted.class);
            assertThat(system.head()).isEqualTo(head);
        }

        @Test
        void isNotMadeOfIdsUnknownFieldsOrImpossibleValues() {
            String target = id("dispatch.UnitCoverageStarted", "\"u5\"");
            assertThat(rejections(correct(CLERK2, target, "'unitId':'u6','moon':1,'effectiveFrom':null")))
                    .containsExactlyInAnyOrder(
                            new FieldNotCorrectable("unitId", Why.ID),
                            new FieldNotCorrectable("moon", Why.UNKNOWN),
                            new FieldNotCorrectable("effectiveFrom", Why.VALUE));
            for (String value : List.of("'effectiveFrom':'soon'", "'effectiveTo':'2014-01-01'", "'kind':'LEGACY'")) {
                assertThat(codes(correct(CLERK2, target, value))).as(value).containsExactly("FIELD_NOT_CORRECTABLE");
            }
            assertThat(codes(correct(CLERK2, id("orgregistry.CoverageBaseSet", "B1"), "'unitIds':['u1']")))
                    .containsExactly("FIELD_NOT_CORRECTABLE");
        }

        @Test
        void isRefusedWhereLaterRecordsWouldContradictIt() {
            String established = id("dispatch.DispatchGroupEstablished", "\"G\"");
            Outcome outcome = correct(CLERK2, established, "'effectiveFrom':'2015-02-01'");
            assertThat(rejections(outcome))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            CorrectionBreaksLaterRecords.class,
                            breaks -> assertThat(breaks.positions())
                                    .containsExactly(
                                            position("dispatch.UnitCoverageStarted", "\"u1\""),
                                            position("dispatch.UnitCoverageStarted", "\"u2\""),
                                            position("dispatch.GroupMemberAppointed", "P1"),
                                            position("dispatch.GroupMemberAppointed", "P2")));
        }

        @Test
        void isRefusedWhereItMeetsEarlierRecords() {
            system.given(
                    "ImportLegacyCoverage",
                    "{'unitId':'u1','organId':'O','effectiveFrom':'2010-01-01','effectiveTo':'2014-06-01'}");
            String target = id("dispatch.UnitCoverageStarted", "2014-06-01");
            assertThat(codes(correct(CLERK2, target, "'effectiveTo':'2015-01-02'")))
                    .containsExactly("CORRECTION_BREAKS_LATER_RECORDS");
            assertThat(correct(CLERK2, target, "'effectiveTo':'2015-01-01'")).isInstanceOf(Outcome.Accepted.class);
            assertThat(codes(correct(CLERK2, id("orgregistry.UnitRegistered", "\"u6\""), "'name':'一厅'")))
                    .containsExactly("CORRECTION_BREAKS_LATER_RECORDS");
            assertThat(codes(correct(CLERK2, id("dispatch.DispatchGroupEstablished", "\"S\""), "'name':'省纪委驻一厅组'")))
                    .containsExactly("CORRECTION_BREAKS_LATER_RECORDS");
            assertThat(codes(correct(CLERK2, id("dispatch.DispatchGroupEstablished", "\"G\""), "'kind':'STANDALONE'")))
                    .containsExactly("CORRECTION_BREAKS_LATER_RECORDS");
            assertThat(codes(correct(CLERK2, id("orgregistry.OrganRegistered", "\"O\""), "'level':'COUNTY'")))
                    .containsExactly("CORRECTION_BREAKS_LATER_RECORDS");
        }
    }

    /** Corrected records read as if they had been recorded one by one: nothing is corrected into what came later. */
    @Nested
    class ACorrectedHistory {

        @BeforeEach
        void prepareUnit() {
            system.given("RegisterUnit", "{'unitId':'n','name':'新厅','level':'PROVINCE','category':'OTHER'}");
        }

        @Test
        void holdsNoOverlapThatALaterEndHasCutAway() {
            legacy("'effectiveFrom':'2018-01-01'");
            legacy("'effectiveFrom':'2015-10-01','effectiveTo':'2016-06-01'");
            String early = id("dispatch.UnitCoverageStarted", "2015-10-01");
            plaque("M1", "'effectiveFrom':'2016-05-01','effectiveTo':'2016-06-01'");
            assertThat(rejections(correct(CLERK2, early, "'effectiveTo':null")))
                    .containsExactly(new CorrectionBreaksLaterRecords(
                            List.of(position("dispatch.UnitCoverageStarted", "2015-10-01"))));
            assertThat(correct(CLERK2, early, "'effectiveTo':'2018-01-01'")).isInstanceOf(Outcome.Accepted.class);
        }

        @Test
        void keepsTheEndThatLetAnotherPeriodIn() {
            legacy("'effectiveFrom':'2015-01-01'");
            plaque("M1", "'effectiveFrom':'2016-01-01'");
            String end = id("dispatch.UnitCoverageEnded", "\"n\"");
            plaque("M2", "'effectiveFrom':'2015-06-01','effectiveTo':'2015-09-01'");
            assertThat(rejections(voided(CLERK2, end)))
                    .containsExactly(new CorrectionBreaksLaterRecords(
                            List.of(position("dispatch.UnitCoverageStarted", "2016-01-01"))));
        }

        @Test
        void movesABoundaryByLeavingAGapFirst() {
            legacy("'effectiveFrom':'2015-01-01'");
            plaque("M1", "'effectiveFrom':'2016-01-01'");
            String end = id("dispatch.UnitCoverageEnded", "\"n\"");
            String start = id("dispatch.UnitCoverageStarted", "\"n\"");
            assertThat(codes(correct(CLERK2, end, "'effectiveTo':'2016-03-01'")))
                    .containsExactly("CORRECTION_BREAKS_LATER_RECORDS");
            assertThat(correct(CLERK2, start, "'effectiveFrom':'2016-03-01'")).isInstanceOf(Outcome.Accepted.class);
            assertThat(correct(CLERK2, end, "'effectiveTo':'2016-03-01'")).isInstanceOf(Outcome.Accepted.class);
            assertThat(correct(THIRD, end, "'effectiveTo':'2015-11-01'")).isInstanceOf(Outcome.Accepted.class);
            assertThat(correct(THIRD, start, "'effectiveFrom':'2015-11-01'")).isInstanceOf(Outcome.Accepted.class);
        }

        @Test
        void letsAGroupEndThatHasGivenItsUnitAway() {
            establish("X", "'n'", "'effectiveFrom':'2016-01-01'");
            establish("Y", "'u6'", "'effectiveFrom':'2016-01-01'");
            system.given(
                    "TransferCoverage",
                    "{'unitId':'n','fromGroupId':'X','toGroupId':'Y','effectiveFrom':'2017-01-01'," + BASIS + "}");
            String group = id("dispatch.DispatchGroupEstablished", "\"X\"");
            assertThat(codes(correct(CLERK2, group, "'effectiveTo':'2016-12-31'")))
                    .containsExactly("CORRECTION_BREAKS_LATER_RECORDS");
            assertThat(correct(CLERK2, group, "'effectiveTo':'2018-01-01'")).isInstanceOf(Outcome.Accepted.class);
        }

        @Test
        void countsAPlaceAsEndedWhereItsOwnCommandEndsIt() {
            establish("X", "'n'", "'effectiveFrom':'2016-01-01'");
            appoint("X", "DEPUTY", "2018-01-01");
            String place = id("dispatch.GroupMemberAppointed", "2018-01-01");
            appoint("B", "HEAD", "2013-06-01");
            assertThat(correct(CLERK2, place, "'title':'HEAD'")).isInstanceOf(Outcome.Accepted.class);
            assertThat(correct(THIRD, place, "'title':'DEPUTY'")).isInstanceOf(Outcome.Accepted.class);
            establish("Y", "'u6'", "'effectiveFrom':'2016-01-01'");
            appoint("Y", "HEAD", "2019-01-01");
            assertThat(rejections(correct(CLERK2, place, "'title':'HEAD'")))
                    .containsExactly(new CorrectionBreaksLaterRecords(
                            List.of(position("dispatch.GroupMemberAppointed", "2019-01-01"))));
        }

        private void legacy(String period) {
            system.given("ImportLegacyCoverage", "{'unitId':'n','organId':'O'," + period + "}");
        }

        private void plaque(String committee, String period) {
            system.given(
                    "AttachPlaque",
                    "{'committeeId':'" + committee + "','organId':'O','plaqueName':'牌子','unitId':'n',"
                            + "'supersedeLegacy':true," + period + "," + BASIS + "}");
        }

        private void establish(String id, String unit, String period) {
            system.given(
                    "EstablishDispatchGroup",
                    "{'groupId':'" + id + "','organId':'O','kind':'COMPREHENSIVE','name':'省纪委驻" + id + "组','unitIds':["
                            + unit + "]," + period + "," + BASIS + "}");
        }

        private void appoint(String group, String title, String from) {
            system.given(
                    "AppointGroupMember",
                    "{'groupId':'" + group + "','personId':'P9','title':'" + title + "','fullTime':true,'from':'" + from
                            + "','decision':{'meeting':'常委会','date':'2012-12-20'}}");
        }
    }

    @Nested
    class AVoid {

        @Test
        void endsTheEffectsOfItsOwnEventOnly() {
            String plaque = id("dispatch.UnitCoverageStarted", "\"u5\"");
            assertThat(voided(CLERK2, plaque)).isInstanceOf(Outcome.Accepted.class);
            assertThat(system.decide(
                            "RecordInternalOrgan",
                            "{'unitId':'u5','organId':'O','organName':'纪委','effectiveFrom':'2015-07-01'}"))
                    .isInstanceOf(Outcome.Accepted.class);
            assertThat(system.codes(
                            "AttachPlaque",
                            "{'committeeId':'M','organId':'O','plaqueName':'x','unitId':'u6','effectiveFrom':'2015-02-01',"
                                    + BASIS + "}"))
                    .contains("PLAQUE_ALREADY_ATTACHED");
        }

        @Test
        void freesTheIdAndTheName() {
            assertThat(voided(CLERK2, id("dispatch.UnitCoverageStarted", "\"u3\"")))
                    .isInstanceOf(Outcome.Accepted.class);
            assertThat(voided(CLERK2, id("dispatch.GroupMemberAppointed", "P3")))
                    .isInstanceOf(Outcome.Accepted.class);
            assertThat(voided(CLERK2, id("dispatch.DispatchGroupEstablished", "\"S\"")))
                    .isInstanceOf(Outcome.Accepted.class);
            assertThat(system.decide(
                            "EstablishDispatchGroup",
                            "{'groupId':'S','organId':'O','kind':'STANDALONE','name':'省纪委驻三厅组','unitIds':['u3'],"
                                    + "'effectiveFrom':'2016-01-01'," + BASIS + "}"))
                    .isInstanceOf(Outcome.Accepted.class);
        }

        @Test
        void isRefusedWhereLaterRecordsRestOnIt() {
            assertThat(codes(voided(CLERK2, id("dispatch.DispatchGroupEstablished", "\"S\""))))
                    .containsExactly("CORRECTION_BREAKS_LATER_RECORDS");
            assertThat(codes(voided(CLERK2, id("orgregistry.UnitRegistered", "\"u1\""))))
                    .containsExactly("CORRECTION_BREAKS_LATER_RECORDS");
            assertThat(codes(voided(CLERK2, id("orgregistry.OrganRegistered", "\"O\""))))
                    .containsExactly("CORRECTION_BREAKS_LATER_RECORDS");
            assertThat(codes(voided(CLERK2, id("dispatch.UnitCoverageEnded", "\"u6\""))))
                    .containsExactly("CORRECTION_BREAKS_LATER_RECORDS");
            assertThat(codes(voided(CLERK2, id("dispatch.GroupMemberAppointed", "P2"))))
                    .containsExactly("CORRECTION_BREAKS_LATER_RECORDS");
        }

        @Test
        void cannotBeCorrectedOrVoidedAgain() {
            String target = id("orgregistry.UnitRegistered", "\"k1\"");
            Outcome.Accepted accepted = (Outcome.Accepted) voided(CLERK2, target);
            assertThat(codes(voided(THIRD, target))).containsExactly("ALREADY_VOIDED");
            assertThat(codes(correct(THIRD, target, "'name':'x'"))).containsExactly("ALREADY_VOIDED");
            String own = accepted.events().getFirst().id();
            assertThat(codes(voided(CLERK, own))).containsExactly("INVALID_TRANSITION");
            assertThat(codes(correct(CLERK, own, "'reason':'x'"))).containsExactly("INVALID_TRANSITION");
        }
    }

    @Nested
    class FourEyes {

        private final String target = "nobody.1";

        @Test
        void demandAReasonAnApprovalAndATarget() {
            for (String command : List.of("CorrectRecord", "VoidRecord")) {
                String changes = command.equals("CorrectRecord") ? "'changes':{'name':'x'}," : "";
                assertThat(system.codes(command, "{" + changes + "'targetEventId':'" + target + "','reason':' '}"))
                        .containsExactly("CORRECTION_REASON_REQUIRED", "APPROVAL_MISSING", "TARGET_EVENT_NOT_FOUND");
                assertThat(codes(system.decideAs(
                                CLERK,
                                command,
                                "{" + changes + "'targetEventId':'" + id("orgregistry.UnitRegistered", "\"u6\"")
                                        + "','reason':'x'," + approval("clerk") + "}")))
                        .containsExactly("PROPOSER_IS_APPROVER", "CORRECTOR_IS_AUTHOR");
            }
        }

        @Test
        void lookAtTheAuthorOfTheLastCorrectionToo() {
            String unit = id("orgregistry.UnitRegistered", "\"u6\"");
            assertThat(correct(CLERK2, unit, "'name':'甲厅'")).isInstanceOf(Outcome.Accepted.class);
            assertThat(codes(correct(CLERK2, unit, "'name':'乙厅'"))).containsExactly("CORRECTOR_IS_AUTHOR");
            assertThat(codes(voided(CLERK2, unit))).containsExactly("CORRECTOR_IS_AUTHOR");
            assertThat(correct(THIRD, unit, "'name':'乙厅'")).isInstanceOf(Outcome.Accepted.class);
        }
    }

    @Test
    void everyRejectionIsReached() {
        String unit = id("orgregistry.UnitRegistered", "\"u6\"");
        String organ = id("orgregistry.OrganRegistered", "\"O\"");
        String gone = id("orgregistry.UnitRegistered", "\"k1\"");
        String own =
                ((Outcome.Accepted) voided(CLERK2, gone)).events().getFirst().id();
        String bare = "'changes':{'name':'x'},'targetEventId':'" + unit + "'";
        Set<String> corrections = reached(
                system.decideAs(CLERK2, "CorrectRecord", "{" + bare + "}"),
                system.decideAs(CLERK2, "CorrectRecord", "{" + bare + "," + approval("clerk2") + "}"),
                correct(CLERK2, "nobody.1", "'name':'x'"),
                correct(THIRD, gone, "'name':'x'"),
                correct(THIRD, own, "'reason':'x'"),
                correct(CLERK, unit, "'name':'x'"),
                correct(THIRD, unit, "'unitId':'x'"),
                correct(THIRD, organ, "'level':'COUNTY'"));
        Set<String> voids = reached(
                system.decideAs(CLERK2, "VoidRecord", "{'targetEventId':'" + unit + "'}"),
                system.decideAs(CLERK2, "VoidRecord", "{'targetEventId':'" + unit + "'," + approval("clerk2") + "}"),
                voided(CLERK2, "nobody.1"),
                voided(THIRD, gone),
                voided(THIRD, own),
                voided(CLERK, unit),
                voided(THIRD, organ));
        assertThat(corrections).containsAll(ownCodes("CorrectRecord"));
        assertThat(voids).containsAll(ownCodes("VoidRecord"));
    }

    private static Set<String> reached(Outcome... outcomes) {
        return Stream.of(outcomes).flatMap(outcome -> codes(outcome).stream()).collect(Collectors.toSet());
    }

    private static List<String> ownCodes(String command) {
        return CommandCatalogue.find(command).orElseThrow().rejections().stream()
                .filter(code -> !GeneralRules.withCodes().contains(code))
                .toList();
    }

    private Outcome correct(Actor actor, String target, String changes) {
        return system.decideAs(
                actor,
                "CorrectRecord",
                "{'targetEventId':'" + target + "','changes':{" + changes + "},'reason':'录入有误'," + approval("boss")
                        + "}");
    }

    private Outcome voided(Actor actor, String target) {
        return system.decideAs(
                actor, "VoidRecord", "{'targetEventId':'" + target + "','reason':'录入有误'," + approval("boss") + "}");
    }

    private static String approval(String approver) {
        return "'approval':{'level':'ORGAN_HEAD','approverId':'" + approver + "','approvedOn':'2026-11-20'}";
    }

    private static List<cn.plumbline.events.Rejection> rejections(Outcome outcome) {
        return ((Outcome.Rejected) outcome).rejections();
    }

    private String id(String type, String text) {
        return find(type, text).id();
    }

    private long position(String type, String text) {
        return find(type, text).position();
    }

    /** The last event of the type whose payload has the text. */
    private cn.plumbline.events.Recorded<? extends cn.plumbline.events.DomainEvent> find(String type, String text) {
        return system.history().stream()
                .filter(event -> EventCatalogue.type(event.event().getClass()).equals(type)
                        && cn.plumbline.events.EventJson.write(event.event()).contains(text))
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
