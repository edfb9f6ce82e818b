package cn.plumbline.command;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.Rejection;
import cn.plumbline.events.RejectionMessages;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rejection of every command is reached, has its texts, and leaves nothing in the journal. */
class RefusalsTest {

    private static final String BASIS = "'basis':[{'docNo':'文1','issuedOn':'2012-01-01'}]";
    private static final String YOUNG = "'basis':[{'docNo':'文1','issuedOn':'2020-01-01'}]";
    private static final String APPROVAL =
            "'approval':{'level':'ORGAN_HEAD','approverId':'boss','approvedOn':'2026-11-20'}";

    /** command, body, the code that it must meet among others. */
    private static final List<List<String>> REFUSALS = List.of(
            row("RegisterOrgan", "'organId':'O','name':'x','level':'COUNTY'", "ID_ALREADY_USED"),
            row("RegisterOrgan", "'name':'x','level':'COUNTY','parentOrganId':'nobody'", "PARENT_NOT_FOUND"),
            row("RegisterUnit", unit("u1", "新厅", ""), "ID_ALREADY_USED"),
            row("RegisterUnit", unit("n", "新厅", ",'parentUnitId':'nobody'"), "PARENT_NOT_FOUND"),
            row("RegisterUnit", unit("n", "新厅", ",'parentUnitId':'gone'"), "UNIT_INACTIVE"),
            row("RegisterUnit", unit("n", " 一厅 ", ""), "UNIT_NAME_DUPLICATE"),
            row("RenameUnit", "'unitId':'nobody','name':'x','on':'2020-01-01'", "UNIT_NOT_FOUND"),
            row("RenameUnit", "'unitId':'u1','name':'二厅','on':'2020-01-01'", "UNIT_NAME_DUPLICATE"),
            row("RenameUnit", "'unitId':'gone','name':'x','on':'2020-01-01'", "UNIT_INACTIVE"),
            row("RenameUnit", "'unitId':'t1','name':'x','on':'2017-12-31'", "DATE_BEFORE_LAST_CHANGE"),
            row("MergeUnit", "'unitId':'nobody','into':'u1','on':'2020-01-01'", "UNIT_NOT_FOUND"),
            row("MergeUnit", "'unitId':'u5','into':'gone','on':'2020-01-01'", "UNIT_INACTIVE"),
            row("MergeUnit", "'unitId':'u1','into':'u2','on':'2020-01-01'", "UNIT_STILL_COVERED"),
            row("DissolveUnit", "'unitId':'nobody','on':'2020-01-01'", "UNIT_NOT_FOUND"),
            row("DissolveUnit", "'unitId':'gone','on':'2020-01-01'", "UNIT_INACTIVE"),
            row("DissolveUnit", "'unitId':'u5','on':'2015-06-01'", "UNIT_STILL_COVERED"),
            row("SetCoverageBase", base("B1", "O", "u1", "2020-01-01"), "ID_ALREADY_USED"),
            row("SetCoverageBase", base("B2", "nobody", "u1", "2020-01-01"), "ORGAN_NOT_FOUND"),
            row("SetCoverageBase", base("B2", "O", "nobody", "2020-01-01"), "UNIT_NOT_FOUND"),
            row("SetCoverageBase", base("B2", "O", "k1", "2020-01-01"), "LEVEL_MISMATCH"),
            row("SetCoverageBase", base("B2", "O", "gone", "2020-01-01"), "UNIT_INACTIVE"),
            row("SetCoverageBase", base("B2", "O", "u1", "2012-11-01"), "BASE_OVERLAP"),
            row(
                    "AddUnitToBase",
                    "'catalogueId':'no','unitId':'u6','effectiveFrom':'2015-01-01'",
                    "CATALOGUE_NOT_FOUND"),
            row("AddUnitToBase", "'catalogueId':'B1','unitId':'no','effectiveFrom':'2015-01-01'", "UNIT_NOT_FOUND"),
            row("AddUnitToBase", "'catalogueId':'B1','unitId':'k1','effectiveFrom':'2015-01-01'", "LEVEL_MISMATCH"),
            row("AddUnitToBase", "'catalogueId':'B1','unitId':'gone','effectiveFrom':'2017-01-01'", "UNIT_INACTIVE"),
            row(
                    "AddUnitToBase",
                    "'catalogueId':'B1','unitId':'u1','effectiveFrom':'2015-01-01'",
                    "UNIT_ALREADY_IN_BASE"),
            row(
                    "AddUnitToBase",
                    "'catalogueId':'B1','unitId':'u6','effectiveFrom':'2011-01-01'",
                    "DATE_BEFORE_LAST_CHANGE"),
            row("RemoveUnitFromBase", remove("no", "u1", "2015-01-01"), "CATALOGUE_NOT_FOUND"),
            row("RemoveUnitFromBase", remove("B1", "no", "2015-01-01"), "UNIT_NOT_FOUND"),
            row("RemoveUnitFromBase", remove("B1", "u6", "2015-01-01"), "UNIT_NOT_IN_BASE"),
            row("RemoveUnitFromBase", remove("B1", "u1", "2012-11-01"), "DATE_BEFORE_LAST_CHANGE"),
            row("RecordAreaProfile", area("2020-01-01", "-1"), "NEGATIVE_COUNT"),
            row("RecordAreaProfile", area("2026-11-23", "1"), "AS_OF_IN_FUTURE"),
            row("SetNamingRule", "'organId':'nobody','namePattern':'*组','titles':['组长']", "ORGAN_NOT_FOUND"),
            row("SetNamingRule", "'organId':'O','namePattern':'*组','titles':[],'example':'一处'", "NAME_NOT_STANDARD"),
            row("SetNamingRule", "'organId':'O','namePattern':'*组','titles':['书记']", "TITLE_NOT_STANDARD"),
            row("EstablishDispatchGroup", group("N", "STANDALONE", "['u4','u5']", BASIS), "STANDALONE_ONE_UNIT"),
            row("EstablishDispatchGroup", group("N", "JOINT", "['u5']", BASIS), "GROUPED_NEEDS_TWO_UNITS"),
            row("EstablishDispatchGroup", group("N", "STANDALONE", "['u5']", "'basis':[]"), "BASIS_REQUIRED"),
            row("EstablishDispatchGroup", group("N", "STANDALONE", "['u5']", YOUNG), "EFFECTIVE_BEFORE_BASIS_DOC"),
            row("EstablishDispatchGroup", group("G", "STANDALONE", "['u5']", BASIS), "ID_ALREADY_USED"),
            row(
                    "EstablishDispatchGroup",
                    group("N", "STANDALONE", "['u5']", BASIS).replace("'O'", "'nobody'"),
                    "ORGAN_NOT_FOUND"),
            row("EstablishDispatchGroup", group("N", "STANDALONE", "['no']", BASIS), "UNIT_NOT_FOUND"),
            row(
                    "EstablishDispatchGroup",
                    group("N", "STANDALONE", "['u5']", BASIS).replace("驻新组", "驻一厅组"),
                    "NAME_DUPLICATE"),
            row(
                    "EstablishDispatchGroup",
                    group("N", "STANDALONE", "['u5']", BASIS).replace("省纪委驻新组", "驻某厅监察处"),
                    "NAME_NOT_STANDARD"),
            row("EstablishDispatchGroup", group("N", "STANDALONE", "['c1']", BASIS), "LEVEL_MISMATCH"),
            row("EstablishDispatchGroup", group("N", "STANDALONE", "['gone']", BASIS), "UNIT_INACTIVE"),
            row("EstablishDispatchGroup", group("N", "STANDALONE", "['u1']", BASIS), "UNIT_ALREADY_COVERED"),
            row("AddUnitToGroup", add("G", "u5", "2017-01-01", "'basis':[]"), "BASIS_REQUIRED"),
            row("AddUnitToGroup", add("G", "u5", "2017-01-01", YOUNG), "EFFECTIVE_BEFORE_BASIS_DOC"),
            row("AddUnitToGroup", add("no", "u5", "2017-01-01", BASIS), "GROUP_NOT_FOUND"),
            row("AddUnitToGroup", add("G", "no", "2017-01-01", BASIS), "UNIT_NOT_FOUND"),
            row("AddUnitToGroup", add("G", "k1", "2017-01-01", BASIS), "LEVEL_MISMATCH"),
            row("AddUnitToGroup", add("G", "u5", "2014-12-31", BASIS), "GROUP_NOT_ACTIVE"),
            row("AddUnitToGroup", add("R", "u5", "2016-01-01", BASIS), "GROUP_NOT_ACTIVE"),
            row("AddUnitToGroup", add("G", "gone", "2017-01-01", BASIS), "UNIT_INACTIVE"),
            row("AddUnitToGroup", add("G", "u3", "2017-01-01", BASIS), "UNIT_ALREADY_COVERED"),
            row("AddUnitToGroup", add("S", "u5", "2017-01-01", BASIS), "STANDALONE_ONE_UNIT"),
            row("TransferCoverage", transfer("u1", "G", "S", "'basis':[]"), "BASIS_REQUIRED"),
            row("TransferCoverage", transfer("u1", "G", "S", YOUNG), "EFFECTIVE_BEFORE_BASIS_DOC"),
            row("TransferCoverage", transfer("u1", "G", "no", BASIS), "GROUP_NOT_FOUND"),
            row("TransferCoverage", transfer("no", "G", "S", BASIS), "UNIT_NOT_FOUND"),
            row("TransferCoverage", transfer("t1", "G", "S", BASIS), "LEVEL_MISMATCH"),
            row("TransferCoverage", transfer("u1", "G", "R", BASIS), "GROUP_NOT_ACTIVE"),
            row("TransferCoverage", transfer("gone", "G", "S", BASIS), "UNIT_INACTIVE"),
            row("TransferCoverage", transfer("u5", "G", "S", BASIS), "NOT_COVERED_BY_SOURCE"),
            row(
                    "TransferCoverage",
                    transfer("u3", "S", "G", BASIS).replace("2017-01-01", "2015-01-01"),
                    "DATE_BEFORE_LAST_CHANGE"),
            row("TransferCoverage", transfer("u1", "G", "S", BASIS), "STANDALONE_ONE_UNIT"),
            row("EndCoverage", end("u1", "G", "2017-01-01", ",'acknowledgeBlindSpot':true"), "APPROVAL_MISSING"),
            row(
                    "EndCoverage",
                    end(
                            "u1",
                            "G",
                            "2017-01-01",
                            ",'acknowledgeBlindSpot':true," + APPROVAL.replace("ORGAN_HEAD", "GROUP_HEAD")),
                    "APPROVAL_LEVEL_TOO_LOW"),
            row("EndCoverage", end("u1", "no", "2017-01-01", ""), "GROUP_NOT_FOUND"),
            row("EndCoverage", end("no", "G", "2017-01-01", ""), "UNIT_NOT_FOUND"),
            row("EndCoverage", end("u1", "S", "2017-01-01", ""), "NOT_COVERED_BY_SOURCE"),
            row("EndCoverage", end("u6", "B", "2013-06-01", ""), "NOT_COVERED_BY_SOURCE"),
            row("EndCoverage", end("u1", "G", "2015-01-01", ""), "DATE_BEFORE_LAST_CHANGE"),
            row("EndCoverage", end("u1", "G", "2017-01-01", "," + APPROVAL), "COVERAGE_WOULD_LAPSE"),
            row("RevokeDispatchGroup", revoke("G", "2017-01-01", ",'acknowledgeBlindSpot':true"), "APPROVAL_MISSING"),
            row(
                    "RevokeDispatchGroup",
                    revoke(
                            "G",
                            "2017-01-01",
                            ",'acknowledgeBlindSpot':true," + APPROVAL.replace("ORGAN_HEAD", "OFFICE_HEAD")),
                    "APPROVAL_LEVEL_TOO_LOW"),
            row("RevokeDispatchGroup", revoke("no", "2017-01-01", ""), "GROUP_NOT_FOUND"),
            row("RevokeDispatchGroup", revoke("R", "2017-01-01", ""), "GROUP_ALREADY_REVOKED"),
            row("RevokeDispatchGroup", revoke("B", "2014-01-02", ""), "GROUP_NOT_ACTIVE"),
            row("RevokeDispatchGroup", revoke("G", "2015-01-01", ""), "DATE_BEFORE_LAST_CHANGE"),
            row("RevokeDispatchGroup", revoke("G", "2017-01-01", ""), "COVERAGE_WOULD_LAPSE"),
            row("ImportLegacyCoverage", legacy("u6", "nobody", "2010-01-01"), "ORGAN_NOT_FOUND"),
            row("ImportLegacyCoverage", legacy("no", "O", "2010-01-01"), "UNIT_NOT_FOUND"),
            row("ImportLegacyCoverage", legacy("k1", "O", "2010-01-01"), "LEVEL_MISMATCH"),
            row("ImportLegacyCoverage", legacy("gone", "O", "2010-01-01"), "UNIT_INACTIVE"),
            row("ImportLegacyCoverage", legacy("u1", "O", "2010-01-01"), "UNIT_ALREADY_COVERED"),
            row("AttachPlaque", plaque("N", "O", "u6", "2020-01-01", "'basis':[]"), "BASIS_REQUIRED"),
            row("AttachPlaque", plaque("N", "O", "u6", "2019-01-01", YOUNG), "EFFECTIVE_BEFORE_BASIS_DOC"),
            row("AttachPlaque", plaque("N", "nobody", "u6", "2020-01-01", BASIS), "ORGAN_NOT_FOUND"),
            row("AttachPlaque", plaque("N", "O", "no", "2020-01-01", BASIS), "UNIT_NOT_FOUND"),
            row("AttachPlaque", plaque("N", "O", "k1", "2020-01-01", BASIS), "LEVEL_MISMATCH"),
            row("AttachPlaque", plaque("N", "O", "gone", "2020-01-01", BASIS), "UNIT_INACTIVE"),
            row("AttachPlaque", plaque("N", "O", "u1", "2020-01-01", BASIS), "UNIT_ALREADY_COVERED"),
            row("AttachPlaque", plaque("M", "O", "u6", "2015-12-31", BASIS), "PLAQUE_ALREADY_ATTACHED"),
            row("RecordInternalOrgan", internal("u6", "nobody"), "ORGAN_NOT_FOUND"),
            row("RecordInternalOrgan", internal("no", "O"), "UNIT_NOT_FOUND"),
            row("RecordInternalOrgan", internal("c1", "O"), "LEVEL_MISMATCH"),
            row("RecordInternalOrgan", internal("gone", "O"), "UNIT_INACTIVE"),
            row("RecordInternalOrgan", internal("u1", "O"), "UNIT_ALREADY_COVERED"),
            row("AppointGroupMember", appoint("G", "P9", "STAFF", "false", "2017-01-01"), "CONCURRENT_POST_REQUIRED"),
            row("AppointGroupMember", appoint("no", "P9", "STAFF", "true", "2017-01-01"), "GROUP_NOT_FOUND"),
            row("AppointGroupMember", appoint("G", "P9", "书记", "true", "2017-01-01"), "TITLE_NOT_STANDARD"),
            row("AppointGroupMember", appoint("G", "P9", "STAFF", "true", "2014-12-31"), "GROUP_NOT_ACTIVE"),
            row("AppointGroupMember", appoint("G", "P2", "副组长", "true", "2017-01-01"), "INVALID_TRANSITION"),
            row("AppointGroupMember", appoint("G", "P9", "组长", "true", "2017-01-01"), "GROUP_ALREADY_HAS_HEAD"),
            row("AppointGroupMember", appoint("S", "P1", "组长", "true", "2017-01-01"), "PERSON_HEADS_ANOTHER_GROUP"),
            row("ReleaseGroupMember", release("no", "P1", "2017-01-01"), "GROUP_NOT_FOUND"),
            row("ReleaseGroupMember", release("S", "P1", "2017-01-01"), "MEMBER_NOT_IN_GROUP"),
            row("ReleaseGroupMember", release("G", "P1", "2015-01-01"), "DATE_BEFORE_LAST_CHANGE"),
            row("RecordHeadDuty", duty("P1", "no"), "UNIT_NOT_FOUND"),
            row("RecordHeadDuty", duty("P1", "u2"), "HEAD_HAS_BUSINESS_DUTY"),
            row("AssignRotation", rotation("G", "2026Q3", "P2"), "QUARTER_IN_PAST"),
            row("AssignRotation", rotation("no", "2027Q2", "P2"), "GROUP_NOT_FOUND"),
            row("AssignRotation", rotation("R", "2027Q2", "P2"), "GROUP_NOT_ACTIVE"),
            row("AssignRotation", rotation("G", "2027Q2", "P1"), "NOT_A_DEPUTY"),
            row("AssignRotation", rotation("G", "2027Q1", "P2"), "ROTATION_SLOT_TAKEN"),
            row("CompleteRotation", "'groupId':'no','quarter':'2027Q1'", "GROUP_NOT_FOUND"),
            row("CompleteRotation", "'groupId':'G','quarter':'2027Q2'", "INVALID_TRANSITION"),
            row("CommissionVenue", venue("W", "no", "IN_USE", "2017-01-01"), "GROUP_NOT_FOUND"),
            row("CommissionVenue", venue("W", "G", "IN_USE", "2014-01-01"), "GROUP_NOT_ACTIVE"),
            row("CommissionVenue", venue("V", "G", "TEMPORARY", "2017-01-01"), "INVALID_TRANSITION"),
            row("CommissionVenue", venue("V", "G", "CLOSED", "2015-05-31"), "DATE_BEFORE_LAST_CHANGE"),
            row("DesignatePilot", "'groupId':'no','programme':'甲','from':'2017-01-01'", "GROUP_NOT_FOUND"),
            row("DesignatePilot", "'groupId':'R','programme':'甲','from':'2017-01-01'", "GROUP_NOT_ACTIVE"),
            row("DesignatePilot", "'groupId':'G','programme':'试点','from':'2017-01-01'", "INVALID_TRANSITION"),
            row("AppraiseGroup", "'groupId':'no','year':2016,'grade':'优秀'," + BASIS, "GROUP_NOT_FOUND"),
            row("AppraiseGroup", "'groupId':'R','year':2016,'grade':'优秀'," + BASIS, "GROUP_NOT_ACTIVE"),
            row("AppraiseGroup", "'groupId':'G','year':2015,'grade':'优秀'," + BASIS, "APPRAISAL_DUPLICATE"));

    /** Reached by situations that the tests of their own class build. */
    private static final Set<String> REACHED_ELSEWHERE = Set.of("CorrectRecord", "VoidRecord");

    private final TestSystem system = new TestSystem();

    @AfterEach
    void close() {
        system.close();
    }

    @Test
    void everyRuleRefusesWhatItShould() {
        World.prepare(system);
        long head = system.head();
        for (List<String> refusal : REFUSALS) {
            assertThat(system.codes(refusal.get(0), "{" + refusal.get(1) + "}"))
                    .as(refusal.toString())
                    .contains(refusal.get(2));
        }
        assertThat(system.head()).isEqualTo(head);
        assertThat(system.attempts).hasSameSizeAs(REFUSALS);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandKeepsOutWhatMustNotBeHere(CommandDefinition command) {
        String secret = "{'classification':'SECRET'}";
        String personal = "{'note':['x','身份证 11010519491231002X']}";
        String large = "{'note':'" + "长".repeat(200_000) + "'}";
        assertThat(system.codes(command.name(), secret)).containsExactly("CLASSIFIED_CONTENT_NOT_ALLOWED");
        assertThat(system.codes(command.name(), personal)).containsExactly("PII_IN_EVENT");
        assertThat(system.codes(command.name(), large)).containsExactly("EVENT_TOO_LARGE");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyRejectionOfACommandIsReached(CommandDefinition command) {
        Set<String> reached = REFUSALS.stream()
                .filter(refusal -> refusal.get(0).equals(command.name()))
                .map(refusal -> refusal.get(2))
                .collect(Collectors.toCollection(TreeSet::new));
        reached.addAll(List.of("CLASSIFIED_CONTENT_NOT_ALLOWED", "PII_IN_EVENT", "EVENT_TOO_LARGE"));
        if (!REACHED_ELSEWHERE.contains(command.name())) {
            assertThat(reached).isEqualTo(new TreeSet<>(command.rejections()));
        }
    }

    @Test
    void everyRejectionHasACodeAnOrderAndTexts() {
        Set<String> declared = CommandCatalogue.all().stream()
                .flatMap(command -> command.rejections().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> records = families()
                .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
                .map(TestRejections::code)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(records).isEqualTo(declared);
        assertThat(RejectionMessages.codes()).containsAll(declared);
        assertThat(RejectionMessages.codes()).allSatisfy(code -> {
            assertThat(RejectionMessages.of(code).zh()).isNotBlank();
            assertThat(RejectionMessages.of(code).en()).isNotBlank();
        });
    }

    static Stream<CommandDefinition> commands() {
        return CommandCatalogue.all().stream();
    }

    private static Stream<Class<? extends Rejection>> families() {
        return Stream.of(
                cn.plumbline.events.GeneralRejection.class,
                cn.plumbline.events.OrgRegistryRejection.class,
                cn.plumbline.events.DispatchRejection.class,
                cn.plumbline.events.RecordRejection.class);
    }

    private static List<String> row(String command, String body, String code) {
        return List.of(command, body, code);
    }

    private static String unit(String id, String name, String more) {
        return "'unitId':'" + id + "','name':'" + name + "','level':'PROVINCE','category':'GOV_DEPT'" + more;
    }

    private static String base(String id, String organ, String unit, String from) {
        return "'catalogueId':'" + id + "','organId':'" + organ + "','unitIds':['" + unit + "'],'effectiveFrom':'"
                + from + "'," + BASIS;
    }

    private static String remove(String base, String unit, String to) {
        return "'catalogueId':'" + base + "','unitId':'" + unit + "','effectiveTo':'" + to + "','reason':'调整'";
    }

    private static String area(String asOf, String communities) {
        return "'areaId':'A','asOf':'" + asOf + "','communities':" + communities
                + ",'residentGroups':1,'population':1,'partyBodies':"
                + "{'committees':1,'communityCommittees':1,'generalBranches':1,'branches':1}";
    }

    private static String group(String id, String kind, String units, String basis) {
        return "'groupId':'" + id + "','organId':'O','kind':'" + kind + "','name':'省纪委驻新组','unitIds':" + units
                + ",'effectiveFrom':'2017-01-01'," + basis;
    }

    private static String add(String group, String unit, String from, String basis) {
        return "'groupId':'" + group + "','unitId':'" + unit + "','effectiveFrom':'" + from + "'," + basis;
    }

    private static String transfer(String unit, String from, String to, String basis) {
        return "'unitId':'" + unit + "','fromGroupId':'" + from + "','toGroupId':'" + to
                + "','effectiveFrom':'2017-01-01'," + basis;
    }

    private static String end(String unit, String group, String to, String more) {
        return "'unitId':'" + unit + "','groupId':'" + group + "','effectiveTo':'" + to + "','reason':'调整'" + more;
    }

    private static String revoke(String group, String to, String more) {
        return "'groupId':'" + group + "','effectiveTo':'" + to + "','reason':'调整'" + more;
    }

    private static String legacy(String unit, String organ, String from) {
        return "'unitId':'" + unit + "','organId':'" + organ + "','effectiveFrom':'" + from + "'";
    }

    private static String plaque(String committee, String organ, String unit, String from, String basis) {
        return "'committeeId':'" + committee + "','organId':'" + organ + "','plaqueName':'牌子','unitId':'" + unit
                + "','effectiveFrom':'" + from + "'," + basis;
    }

    private static String internal(String unit, String organ) {
        return "'unitId':'" + unit + "','organId':'" + organ + "','organName':'纪委','effectiveFrom':'2020-01-01'";
    }

    private static String appoint(String group, String person, String title, String fullTime, String from) {
        return "'groupId':'" + group + "','personId':'" + person + "','title':'" + title + "','fullTime':" + fullTime
                + ",'from':'" + from + "','decision':{'meeting':'常委会','date':'2014-12-20'}";
    }

    private static String release(String group, String person, String to) {
        return "'groupId':'" + group + "','personId':'" + person + "','to':'" + to + "','reason':'调整'";
    }

    private static String duty(String person, String unit) {
        return "'personId':'" + person + "','unitId':'" + unit
                + "','duty':'分管业务','isBusiness':true,'from':'2016-01-01'";
    }

    private static String rotation(String group, String quarter, String person) {
        return "'groupId':'" + group + "','quarter':'" + quarter + "','deputyId':'" + person + "','hostOffice':'一楼'";
    }

    private static String venue(String venue, String group, String status, String on) {
        return "'venueId':'" + venue + "','groupId':'" + group + "','kind':'TALK_ROOM','status':'" + status + "','on':'"
                + on + "'";
    }
}
