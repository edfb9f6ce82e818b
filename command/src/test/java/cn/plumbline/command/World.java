package cn.plumbline.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * A small province in which every rule has something to stumble over: organs O (province) and K (county), units u1 to
 * u6 of the province, c1 a central one, k1 of the county, t1 a street, gone dissolved in 2016; a base; groups G
 * (grouped, u1 and u2), S (standalone, u3), R (revoked in 2016), B (bounded, 2013); u4 covered since before the reform,
 * u5 by a plaque in 2015.
 */
final class World {

    private static final String BASIS = "'basis':[{'docNo':'文〔2014〕1号','issuedOn':'2012-01-01'}]";

    private static final List<String> COMMANDS = List.of(
            "RegisterOrgan {'organId':'O','name':'省纪委','level':'PROVINCE'}",
            "RegisterOrgan {'organId':'K','name':'县纪委','level':'COUNTY'}",
            unit("u1", "一厅", "PROVINCE", "GOV_DEPT"),
            unit("u2", "二厅", "PROVINCE", "GOV_DEPT"),
            unit("u3", "三厅", "PROVINCE", "GOV_DEPT"),
            unit("u4", "四厅", "PROVINCE", "GOV_DEPT"),
            unit("u5", "五厅", "PROVINCE", "PARTY_DEPT"),
            unit("u6", "六厅", "PROVINCE", "GOV_DEPT"),
            unit("c1", "央企", "PROVINCE", "CENTRAL_RESIDENT"),
            unit("k1", "县局", "COUNTY", "GOV_DEPT"),
            unit("t1", "街道", "TOWNSHIP", "TOWN_STREET"),
            unit("gone", "撤销厅", "PROVINCE", "GOV_DEPT"),
            "RenameUnit {'unitId':'t1','name':'某街道','on':'2018-01-01'}",
            "SetCoverageBase {'catalogueId':'B1','organId':'O','unitIds':['u1','u2','u3','u4','u5','c1','gone'],"
                    + "'effectiveFrom':'2012-11-01'," + BASIS + "}",
            "DissolveUnit {'unitId':'gone','on':'2016-01-01'}",
            "SetNamingRule {'organId':'O','namePattern':'省纪委[派]驻*组','titles':['组长','副组长']}",
            group("G", "GROUPED", "省纪委驻一厅组", "['u1','u2']", "'residentUnitId':'u1','effectiveFrom':'2015-01-01'"),
            group("S", "STANDALONE", "省纪委驻三厅组", "['u3']", "'effectiveFrom':'2015-01-01'"),
            group("R", "COMPREHENSIVE", "省纪委驻六厅组", "['u6']", "'effectiveFrom':'2015-01-01'"),
            "RevokeDispatchGroup {'groupId':'R','effectiveTo':'2016-01-01','reason':'调整'}",
            group(
                    "B",
                    "COMPREHENSIVE",
                    "省纪委派驻六厅组",
                    "['u6']",
                    "'effectiveFrom':'2013-01-01','effectiveTo':'2014-01-01'"),
            "ImportLegacyCoverage {'unitId':'u4','organId':'O','effectiveFrom':'2012-11-01'}",
            "AttachPlaque {'committeeId':'M','organId':'O','plaqueName':'省纪委驻五厅组','unitId':'u5',"
                    + "'effectiveFrom':'2015-01-01','effectiveTo':'2016-01-01'," + BASIS + "}",
            member("G", "P1", "组长", "2015-01-01"),
            member("G", "P2", "副组长", "2015-01-01"),
            member("S", "P3", "HEAD", "2015-01-01"),
            "AssignRotation {'groupId':'G','quarter':'2027Q1','deputyId':'P2','hostOffice':'一楼'}",
            "CommissionVenue {'venueId':'V','groupId':'G','kind':'TALK_ROOM','status':'IN_USE','on':'2015-06-01'}",
            "DesignatePilot {'groupId':'G','programme':'试点','from':'2015-06-01'}",
            "AppraiseGroup {'groupId':'G','year':2015,'grade':'优秀'," + BASIS + "}");

    private World() {}

    /** Records it; the n-th command has the id {@code w<n>}. */
    static void prepare(TestSystem system) {
        for (int i = 0; i < COMMANDS.size(); i++) {
            String command = COMMANDS.get(i);
            int space = command.indexOf(' ');
            Outcome outcome = system.decide(command.substring(0, space), command.substring(space + 1), "w" + (i + 1));
            assertThat(outcome).as(command).isInstanceOf(Outcome.Accepted.class);
        }
    }

    private static String unit(String id, String name, String level, String category) {
        return "RegisterUnit {'unitId':'" + id + "','name':'" + name + "','level':'" + level + "','category':'"
                + category + "'}";
    }

    private static String group(String id, String kind, String name, String units, String more) {
        return "EstablishDispatchGroup {'groupId':'" + id + "','organId':'O','kind':'" + kind + "','name':'" + name
                + "','unitIds':" + units + "," + more + "," + BASIS + "}";
    }

    private static String member(String group, String person, String title, String from) {
        return "AppointGroupMember {'groupId':'" + group + "','personId':'" + person + "','title':'" + title
                + "','fullTime':true,'from':'" + from + "','decision':{'meeting':'常委会','date':'2014-12-20'}}";
    }
}
