package cn.plumbline.command;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.DispatchRejection.UnitAlreadyCovered;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Coverage on periods: whatever is recorded first, two periods of a unit never share a day. */
class CoveragePeriodsTest {

    private static final String BASIS = "'basis':[{'docNo':'文1'}]";
    private static final List<String> ACCEPTED = List.of("Accepted");

    private final TestSystem system = new TestSystem();

    @BeforeEach
    void prepare() {
        system.given("RegisterOrgan", "{'organId':'O','name':'省纪委','level':'PROVINCE'}");
        for (String unit : List.of("a", "b", "c", "d")) {
            system.given(
                    "RegisterUnit",
                    "{'unitId':'" + unit + "','name':'" + unit + "','level':'PROVINCE','category':'OTHER'}");
        }
        establish("G", "'a'", "'effectiveFrom':'2015-01-01'");
        establish("H", "'b'", "'effectiveFrom':'2015-01-01'");
    }

    @AfterEach
    void close() {
        system.close();
    }

    @Nested
    class ANewPeriod {

        @Test
        void mayLieBeforeTheKnownOnesWhenItEndsInTime() {
            assertThat(legacy("a", "2010-01-01", "2015-01-02")).containsExactly("UNIT_ALREADY_COVERED");
            assertThat(legacy("a", "2010-01-01", "2015-01-01")).isEqualTo(ACCEPTED);
            assertThat(legacy("a", "2005-01-01", "2010-01-01")).isEqualTo(ACCEPTED);
            assertThat(legacy("a", "2009-12-31", "2010-01-01")).containsExactly("UNIT_ALREADY_COVERED");
        }

        @Test
        void isRefusedByAFutureOneAndNamesIt() {
            establish("F", "'c'", "'effectiveFrom':'2030-01-01'");
            Outcome outcome =
                    system.decide("EstablishDispatchGroup", group("X", "'c'", "'effectiveFrom':'2020-01-01'"));
            assertThat(((Outcome.Rejected) outcome).rejections())
                    .singleElement()
                    .isInstanceOfSatisfying(UnitAlreadyCovered.class, covered -> {
                        assertThat(covered.existingGroupId()).hasToString("F");
                        assertThat(covered.from()).isEqualTo("2030-01-01");
                        assertThat(covered.to()).isNull();
                        assertThat(covered.conflictingPositions()).hasSize(1);
                    });
            assertThat(system.codes(
                            "EstablishDispatchGroup",
                            group("X", "'c'", "'effectiveFrom':'2020-01-01','effectiveTo':'2030-01-01'")))
                    .isEqualTo(ACCEPTED);
        }

        @Test
        void supersedesOnlyLegacyCoverageThatStartsBefore() {
            assertThat(legacy("c", "2015-01-01", "2020-01-01")).isEqualTo(ACCEPTED);
            String from = "'supersedeLegacy':true,'effectiveFrom':";
            assertThat(system.codes("EstablishDispatchGroup", group("X", "'c'", from + "'2014-01-01'")))
                    .containsExactly("UNIT_ALREADY_COVERED");
            assertThat(system.codes("EstablishDispatchGroup", group("X", "'c'", from + "'2015-01-01'")))
                    .containsExactly("UNIT_ALREADY_COVERED");
            assertThat(system.codes("EstablishDispatchGroup", group("X", "'c'", from + "'2016-01-01'")))
                    .isEqualTo(ACCEPTED);
            assertThat(legacy("c", "2014-06-01", "2015-01-01")).isEqualTo(ACCEPTED);
            assertThat(system.codes("EstablishDispatchGroup", group("Y", "'a'", from + "'2016-01-01'")))
                    .containsExactly("UNIT_ALREADY_COVERED");
        }

        @Test
        void isToldOfItsCoverageBeforeTheSizeOfAStandaloneGroup() {
            system.given(
                    "EstablishDispatchGroup",
                    group("S", "'c'", "'effectiveFrom':'2015-01-01'").replace("COMPREHENSIVE", "STANDALONE"));
            assertThat(add("S", "a", "2016-01-01", "2017-01-01"))
                    .containsExactly("UNIT_ALREADY_COVERED", "STANDALONE_ONE_UNIT");
        }

        @Test
        void endsAfterItStarts() {
            assertThat(legacy("c", "2015-01-01", "2015-01-01")).containsExactly("Invalid");
        }
    }

    @Nested
    class ATransfer {

        @Test
        void leavesNoGapAndNoOverlap() {
            assertThat(transfer("a", "G", "H", "2018-01-01")).isEqualTo(ACCEPTED);
            assertThat(transfer("a", "G", "H", "2019-01-01")).containsExactly("NOT_COVERED_BY_SOURCE");
            assertThat(transfer("a", "H", "G", "2018-01-01")).containsExactly("DATE_BEFORE_LAST_CHANGE");
            assertThat(transfer("a", "H", "G", "2018-01-02")).isEqualTo(ACCEPTED);
            assertThat(legacy("a", "2017-12-31", "2018-01-01")).containsExactly("UNIT_ALREADY_COVERED");
        }

        @Test
        void toAGroupWithAnEndEndsWithIt() {
            establish("B", "'c'", "'effectiveFrom':'2016-01-01','effectiveTo':'2020-01-01'");
            assertThat(transfer("a", "G", "B", "2020-01-01")).containsExactly("GROUP_NOT_ACTIVE");
            assertThat(transfer("a", "G", "B", "2018-01-01")).isEqualTo(ACCEPTED);
            assertThat(legacy("a", "2019-12-31", "2020-06-01")).containsExactly("UNIT_ALREADY_COVERED");
            assertThat(legacy("a", "2020-01-01", "2020-06-01")).isEqualTo(ACCEPTED);
        }
    }

    @Nested
    class AnEnd {

        @Test
        void concernsTheLastOpenPeriodOnly() {
            establish("B", "'c'", "'effectiveFrom':'2016-01-01','effectiveTo':'2017-01-01'");
            assertThat(end("c", "B", "2016-06-01")).containsExactly("NOT_COVERED_BY_SOURCE");
            assertThat(end("a", "G", "2018-01-01")).isEqualTo(ACCEPTED);
            assertThat(end("a", "G", "2019-01-01")).containsExactly("NOT_COVERED_BY_SOURCE");
            assertThat(legacy("a", "2018-01-01", "2019-01-01")).isEqualTo(ACCEPTED);
        }

        @Test
        void lapsesOnlyWhereABaseInForceHoldsTheUnit() {
            base("B1", "'a','b'", "2014-01-01");
            base("B2", "'b'", "2020-01-01");
            assertThat(end("a", "G", "2019-12-31")).containsExactly("COVERAGE_WOULD_LAPSE");
            assertThat(end("b", "H", "2020-01-01")).containsExactly("COVERAGE_WOULD_LAPSE");
            assertThat(end("a", "G", "2020-01-01")).isEqualTo(ACCEPTED);
        }

        @Test
        void lapsesNotWhereTheUnitHasLeftTheBase() {
            base("B1", "'a','b'", "2014-01-01");
            system.given(
                    "RemoveUnitFromBase", "{'catalogueId':'B1','unitId':'a','effectiveTo':'2018-01-01','reason':'撤销'}");
            assertThat(end("a", "G", "2017-12-31")).containsExactly("COVERAGE_WOULD_LAPSE");
            assertThat(end("a", "G", "2018-01-01")).isEqualTo(ACCEPTED);
        }
    }

    @Nested
    class ARevocation {

        @Test
        void endsWhatIsOpenAndLeavesThePastToBeCompleted() {
            assertThat(revoke("G", "2018-01-01")).isEqualTo(ACCEPTED);
            assertThat(add("G", "c", "2016-01-01", "2018-01-02")).containsExactly("GROUP_NOT_ACTIVE");
            assertThat(add("G", "c", "2016-01-01", "2018-01-01")).isEqualTo(ACCEPTED);
            assertThat(legacy("a", "2018-01-01", "2019-01-01")).isEqualTo(ACCEPTED);
        }

        @Test
        void isRefusedWhereCoverageBeginsLater() {
            assertThat(add("G", "c", "2020-01-01", "2021-01-01")).isEqualTo(ACCEPTED);
            assertThat(revoke("G", "2020-01-01")).containsExactly("DATE_BEFORE_LAST_CHANGE");
            assertThat(revoke("G", "2020-01-02")).isEqualTo(ACCEPTED);
        }

        @Test
        void freesTheNameAndTheHead() {
            String head = "'personId':'P','title':'组长','fullTime':true,'from':'2016-01-01',"
                    + "'decision':{'meeting':'常委会','date':'2015-12-01'}}";
            system.given("AppointGroupMember", "{'groupId':'G'," + head);
            assertThat(system.codes("AppointGroupMember", "{'groupId':'H'," + head))
                    .containsExactly("PERSON_HEADS_ANOTHER_GROUP");
            assertThat(revoke("G", "2018-01-01")).isEqualTo(ACCEPTED);
            assertThat(system.codes("AppointGroupMember", "{'groupId':'H'," + head))
                    .containsExactly("PERSON_HEADS_ANOTHER_GROUP");
            assertThat(system.codes("AppointGroupMember", "{'groupId':'H'," + head.replace("2016-01", "2018-01")))
                    .isEqualTo(ACCEPTED);
            assertThat(system.codes(
                            "EstablishDispatchGroup",
                            group("N", "'c'", "'effectiveFrom':'2019-01-01'").replace("驻N组", "驻G组")))
                    .isEqualTo(ACCEPTED);
        }
    }

    @Nested
    class TheEndOfAUnit {

        @Test
        void waitsForTheEndOfItsCoverage() {
            assertThat(system.codes("DissolveUnit", "{'unitId':'a','on':'2020-01-01'}"))
                    .containsExactly("UNIT_STILL_COVERED");
            assertThat(end("a", "G", "2020-01-01")).isEqualTo(ACCEPTED);
            assertThat(system.codes("DissolveUnit", "{'unitId':'a','on':'2019-12-31'}"))
                    .containsExactly("UNIT_STILL_COVERED");
            assertThat(system.codes("DissolveUnit", "{'unitId':'a','on':'2020-01-01'}"))
                    .isEqualTo(ACCEPTED);
            assertThat(legacy("a", "2010-01-01", "2012-01-01")).isEqualTo(ACCEPTED);
            assertThat(legacy("a", "2020-01-01", "2021-01-01")).containsExactly("UNIT_INACTIVE");
        }

        @Test
        void freesItsNameFromThatDay() {
            system.given("DissolveUnit", "{'unitId':'d','on':'2020-01-01'}");
            String again = "{'unitId':'d2','name':'ｄ','level':'PROVINCE','category':'OTHER','occurredOn':'2019-12-31'}";
            assertThat(system.codes("RegisterUnit", again)).containsExactly("UNIT_NAME_DUPLICATE");
            assertThat(system.codes("RegisterUnit", again.replace("2019-12-31", "2020-01-01")))
                    .isEqualTo(ACCEPTED);
        }
    }

    private void establish(String group, String units, String dates) {
        system.given("EstablishDispatchGroup", group(group, units, dates));
    }

    private static String group(String group, String units, String dates) {
        return "{'groupId':'" + group + "','organId':'O','kind':'COMPREHENSIVE','name':'驻" + group + "组','unitIds':["
                + units + "]," + dates + "," + BASIS + "}";
    }

    private List<String> legacy(String unit, String from, String to) {
        return system.codes(
                "ImportLegacyCoverage",
                "{'unitId':'" + unit + "','organId':'O','effectiveFrom':'" + from + "','effectiveTo':'" + to + "'}");
    }

    private List<String> add(String group, String unit, String from, String to) {
        return system.codes(
                "AddUnitToGroup",
                "{'groupId':'" + group + "','unitId':'" + unit + "','effectiveFrom':'" + from + "','effectiveTo':'" + to
                        + "'," + BASIS + "}");
    }

    private List<String> transfer(String unit, String from, String to, String on) {
        return system.codes(
                "TransferCoverage",
                "{'unitId':'" + unit + "','fromGroupId':'" + from + "','toGroupId':'" + to + "','effectiveFrom':'" + on
                        + "'," + BASIS + "}");
    }

    private List<String> end(String unit, String group, String on) {
        return system.codes(
                "EndCoverage",
                "{'unitId':'" + unit + "','groupId':'" + group + "','effectiveTo':'" + on + "','reason':'调整'}");
    }

    private List<String> revoke(String group, String on) {
        return system.codes(
                "RevokeDispatchGroup", "{'groupId':'" + group + "','effectiveTo':'" + on + "','reason':'调整'}");
    }

    private void base(String id, String units, String from) {
        system.given(
                "SetCoverageBase",
                "{'catalogueId':'" + id + "','organId':'O','unitIds':[" + units + "],'effectiveFrom':'" + from + "',"
                        + BASIS + "}");
    }
}
