package cn.plumbline.command;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Envelope;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.EventJson;
import cn.plumbline.events.Level;
import cn.plumbline.events.NameTags;
import cn.plumbline.events.Recorded;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.test.fixture.AxonTestFixture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** Each decision once as it should go: as a pure function on given events, and through the wiring of the product. */
class ExamplesTest {

    private static final String BASIS = "'basis':[{'docNo':'文1','issuedOn':'2012-01-01'}]";
    private static final String APPROVAL =
            "'approval':{'level':'ORGAN_HEAD','approverId':'boss','approvedOn':'2026-11-20'}";

    private static List<Recorded<? extends DomainEvent>> world;

    /** A command, its body, and the events that follow, as their types and payloads. */
    record Example(String command, String body, List<String> events) {

        Example(String command, String body, String... events) {
            this(command, body, List.of(events));
        }

        @Override
        public String toString() {
            return command;
        }

        CommandDefinition definition() {
            return CommandCatalogue.find(command).orElseThrow();
        }

        Body read() {
            return Body.of(TestSystem.json("{" + body + "}"));
        }

        Command submitted() {
            return read().command(definition().type(), definition().createdId().orElse(null), "made");
        }

        Envelope envelope() {
            BodySchema.EnvelopeFields fields = read().envelopeFields();
            return new Envelope(
                    "00000000-0000-4000-8000-000000000009",
                    command,
                    read().hash(),
                    "correlation",
                    null,
                    TestSystem.CLERK2,
                    TestSystem.TODAY,
                    fields.basis() == null ? List.of() : fields.basis(),
                    fields.approval(),
                    cn.plumbline.events.Classification.INTERNAL);
        }

        List<DomainEvent> expected() {
            return events.stream()
                    .map(event -> {
                        int space = event.indexOf(' ');
                        String type = event.substring(0, space);
                        String json = event.substring(space + 1).replace('\'', '"');
                        return EventCatalogue.read(type, json.getBytes(StandardCharsets.UTF_8));
                    })
                    .toList();
        }
    }

    static Stream<Example> examples() {
        String wholeOfG = "'groupId':'G','organId':'O','kind':'GROUPED'";
        return Stream.of(
                new Example(
                        "RegisterOrgan",
                        "'name':'市纪委','level':'PREFECTURE','parentOrganId':'O'",
                        "orgregistry.OrganRegistered"
                                + " {'organId':'made','name':'市纪委','level':'PREFECTURE','parentOrganId':'O'}"),
                new Example(
                        "RegisterUnit",
                        "'unitId':'n','name':'一厅','level':'PROVINCE','category':'OTHER','parentUnitId':'u1'",
                        "orgregistry.UnitRegistered"
                                + " {'unitId':'n','name':'一厅','level':'PROVINCE','category':'OTHER','parentUnitId':'u1'}"),
                new Example(
                        "RenameUnit",
                        "'unitId':'u1','name':'新一厅','on':'2018-01-01'",
                        "orgregistry.UnitRenamed"
                                + " {'unitId':'u1','name':'新一厅','oldName':'一厅','level':'PROVINCE','on':'2018-01-01'}"),
                new Example(
                        "MergeUnit",
                        "'unitId':'u5','into':'u1','on':'2018-01-01'",
                        "orgregistry.UnitMerged {'unitId':'u5','into':'u1','on':'2018-01-01'}",
                        "orgregistry.UnitRemovedFromBase {'catalogueId':'B1','organId':'O','unitId':'u5',"
                                + "'effectiveTo':'2018-01-01','reason':'单位合并'}"),
                new Example(
                        "DissolveUnit",
                        "'unitId':'u6','on':'2018-01-01'",
                        "orgregistry.UnitDissolved {'unitId':'u6','on':'2018-01-01'}"),
                new Example(
                        "SetCoverageBase",
                        "'catalogueId':'B2','organId':'O','unitIds':['u1','c1'],'effectiveFrom':'2020-01-01'," + BASIS,
                        "orgregistry.CoverageBaseSet"
                                + " {'catalogueId':'B2','organId':'O','unitIds':['u1','c1'],'effectiveFrom':'2020-01-01'}"),
                new Example(
                        "AddUnitToBase",
                        "'catalogueId':'B1','unitId':'u6','effectiveFrom':'2015-01-01'",
                        "orgregistry.UnitAddedToBase"
                                + " {'catalogueId':'B1','organId':'O','unitId':'u6','effectiveFrom':'2015-01-01'}"),
                new Example(
                        "RemoveUnitFromBase",
                        "'catalogueId':'B1','unitId':'u1','effectiveTo':'2015-01-01','reason':'调整'",
                        "orgregistry.UnitRemovedFromBase {'catalogueId':'B1','organId':'O','unitId':'u1',"
                                + "'effectiveTo':'2015-01-01','reason':'调整'}"),
                new Example(
                        "RecordAreaProfile",
                        "'areaId':'A','asOf':'2026-11-22','communities':0,'residentGroups':1,'population':2,"
                                + "'partyBodies':{'committees':1,'communityCommittees':1,'generalBranches':1,'branches':1}",
                        "orgregistry.AreaProfileRecorded {'areaId':'A','asOf':'2026-11-22','communities':0,"
                                + "'residentGroups':1,'population':2,'partyBodies':"
                                + "{'committees':1,'communityCommittees':1,'generalBranches':1,'branches':1}}"),
                new Example(
                        "SetNamingRule",
                        "'organId':'K','namePattern':'县纪委*室','titles':[],'example':'县纪委一室'",
                        "dispatch.NamingRuleSet"
                                + " {'organId':'K','namePattern':'县纪委*室','titles':[],'example':'县纪委一室'}"),
                new Example(
                        "EstablishDispatchGroup",
                        "'groupId':'N','organId':'O','kind':'JOINT','name':'省纪委驻四厅组','residentUnitId':'u4',"
                                + "'unitIds':['u4','u5'],'effectiveFrom':'2016-01-01','supersedeLegacy':true,"
                                + BASIS,
                        "dispatch.DispatchGroupEstablished {'groupId':'N','organId':'O','kind':'JOINT',"
                                + "'name':'省纪委驻四厅组','residentUnitId':'u4','effectiveFrom':'2016-01-01'}",
                        "dispatch.UnitCoverageEnded {'unitId':'u4','organId':'O','kind':'LEGACY',"
                                + "'effectiveTo':'2016-01-01','reason':'新的监督取代原有覆盖'}",
                        "dispatch.UnitCoverageStarted {'unitId':'u4','organId':'O','kind':'JOINT','groupId':'N',"
                                + "'role':'RESIDENT','effectiveFrom':'2016-01-01'}",
                        "dispatch.UnitCoverageStarted {'unitId':'u5','organId':'O','kind':'JOINT','groupId':'N',"
                                + "'role':'AREA_LIAISON','effectiveFrom':'2016-01-01'}"),
                new Example(
                        "AddUnitToGroup",
                        "'groupId':'B','unitId':'u5','effectiveFrom':'2013-06-01'," + BASIS,
                        "dispatch.UnitCoverageStarted {'unitId':'u5','organId':'O','kind':'COMPREHENSIVE','groupId':'B',"
                                + "'role':'GROUPED','effectiveFrom':'2013-06-01','effectiveTo':'2014-01-01'}"),
                new Example(
                        "TransferCoverage",
                        "'unitId':'u3','fromGroupId':'S','toGroupId':'G','effectiveFrom':'2018-01-01'," + BASIS,
                        "dispatch.UnitCoverageTransferred {'unitId':'u3','organId':'O','fromGroupId':'S',"
                                + "'toGroupId':'G','kind':'GROUPED','role':'GROUPED','effectiveFrom':'2018-01-01'}"),
                new Example(
                        "EndCoverage",
                        "'unitId':'u2','groupId':'G','effectiveTo':'2018-01-01','reason':'调整',"
                                + "'acknowledgeBlindSpot':true," + APPROVAL,
                        "dispatch.UnitCoverageEnded {'unitId':'u2'," + wholeOfG
                                + ",'effectiveTo':'2018-01-01','reason':'调整'}"),
                new Example(
                        "RevokeDispatchGroup",
                        "'groupId':'G','effectiveTo':'2018-01-01','reason':'改革','acknowledgeBlindSpot':true,"
                                + APPROVAL,
                        "dispatch.DispatchGroupRevoked {'groupId':'G','organId':'O','name':'省纪委驻一厅组',"
                                + "'effectiveTo':'2018-01-01','reason':'改革'}",
                        "dispatch.UnitCoverageEnded {'unitId':'u1'," + wholeOfG
                                + ",'effectiveTo':'2018-01-01','reason':'改革'}",
                        "dispatch.UnitCoverageEnded {'unitId':'u2'," + wholeOfG
                                + ",'effectiveTo':'2018-01-01','reason':'改革'}",
                        "dispatch.GroupMemberReleased {'groupId':'G','personId':'P1','to':'2018-01-01','reason':'改革'}",
                        "dispatch.GroupMemberReleased {'groupId':'G','personId':'P2','to':'2018-01-01','reason':'改革'}",
                        "dispatch.RotationReleased {'groupId':'G','quarter':'2027Q1','deputyId':'P2',"
                                + "'on':'2018-01-01','reason':'改革'}"),
                new Example(
                        "ImportLegacyCoverage",
                        "'unitId':'u1','organId':'O','effectiveFrom':'2010-01-01','effectiveTo':'2015-01-01'",
                        "dispatch.UnitCoverageStarted {'unitId':'u1','organId':'O','kind':'LEGACY',"
                                + "'effectiveFrom':'2010-01-01','effectiveTo':'2015-01-01'}"),
                new Example(
                        "AttachPlaque",
                        "'committeeId':'M','organId':'O','plaqueName':'牌子','unitId':'u5','effectiveFrom':'2016-01-01',"
                                + BASIS,
                        "dispatch.WorkCommitteePlaqueAttached {'committeeId':'M','organId':'O','plaqueName':'牌子',"
                                + "'unitId':'u5','effectiveFrom':'2016-01-01'}",
                        "dispatch.UnitCoverageStarted {'unitId':'u5','organId':'O','kind':'PLAQUE','committeeId':'M',"
                                + "'effectiveFrom':'2016-01-01'}"),
                new Example(
                        "RecordInternalOrgan",
                        "'unitId':'u5','organId':'O','organName':'厅纪委','effectiveFrom':'2016-01-01'",
                        "dispatch.InternalOrganRecorded {'unitId':'u5','organId':'O','organName':'厅纪委',"
                                + "'effectiveFrom':'2016-01-01'}",
                        "dispatch.UnitCoverageStarted {'unitId':'u5','organId':'O','kind':'INTERNAL',"
                                + "'effectiveFrom':'2016-01-01'}"),
                new Example(
                        "AppointGroupMember",
                        "'groupId':'G','personId':'P4','title':'驻点','fullTime':false,'concurrentPost':'处长',"
                                + "'from':'2016-01-01','decision':{'meeting':'常委会','date':'2015-12-01'},'isNew':true",
                        "dispatch.GroupMemberAppointed {'groupId':'G','personId':'P4','title':'RESIDENT_STAFF',"
                                + "'fullTime':false,'concurrentPost':'处长','from':'2016-01-01',"
                                + "'decision':{'meeting':'常委会','date':'2015-12-01'},'isNew':true}"),
                new Example(
                        "ReleaseGroupMember",
                        "'groupId':'G','personId':'P1','to':'2016-01-01','reason':'退休'",
                        "dispatch.GroupMemberReleased {'groupId':'G','personId':'P1','to':'2016-01-01','reason':'退休'}"),
                new Example(
                        "RecordHeadDuty",
                        "'personId':'P1','unitId':'u1','duty':'党建','isBusiness':false,'from':'2016-01-01'",
                        "dispatch.HeadDutyRecorded {'personId':'P1','unitId':'u1','duty':'党建','isBusiness':false,"
                                + "'from':'2016-01-01'}"),
                new Example(
                        "AssignRotation",
                        "'groupId':'G','quarter':'2026Q4','deputyId':'P2','hostOffice':'二楼','tasks':['巡查']",
                        "dispatch.RotationAssigned {'groupId':'G','quarter':'2026Q4','deputyId':'P2',"
                                + "'hostOffice':'二楼','tasks':['巡查']}"),
                new Example(
                        "CompleteRotation",
                        "'groupId':'G','quarter':'2027Q1','appraisal':'好'",
                        "dispatch.RotationCompleted"
                                + " {'groupId':'G','quarter':'2027Q1','deputyId':'P2','appraisal':'好'}"),
                new Example(
                        "CommissionVenue",
                        "'venueId':'V','groupId':'G','kind':'TALK_ROOM','status':'SHARED','on':'2016-01-01'",
                        "dispatch.VenueStatusChanged"
                                + " {'venueId':'V','groupId':'G','kind':'TALK_ROOM','status':'SHARED','on':'2016-01-01'}"),
                new Example(
                        "DesignatePilot",
                        "'groupId':'S','programme':'试点','from':'2016-01-01'",
                        "dispatch.PilotDesignated {'groupId':'S','programme':'试点','from':'2016-01-01'}"),
                new Example(
                        "CorrectRecord",
                        "'targetEventId':'w8.1','changes':{'name':'新六厅','level':'PROVINCE'},'reason':'录入有误',"
                                + APPROVAL,
                        "record.RecordCorrected {'targetEventId':'w8.1','targetPosition':8,"
                                + "'targetType':'orgregistry.UnitRegistered','targetTags':[" + tags("六厅", "新六厅")
                                + "],'changes':[{'field':'name','old':'六厅','new':'新六厅'}],'reason':'录入有误'}"),
                new Example(
                        "VoidRecord",
                        "'targetEventId':'w10.1','reason':'录入有误'," + APPROVAL,
                        "record.RecordVoided {'targetEventId':'w10.1','targetPosition':10,"
                                + "'targetType':'orgregistry.UnitRegistered','targetTags':['unit:k1','"
                                + NameTags.unitName(Level.COUNTY, null, "县局") + "'],'reason':'录入有误'}"),
                new Example(
                        "AppraiseGroup",
                        "'groupId':'G','year':2016,'grade':'良好'," + BASIS,
                        "dispatch.GroupAppraised {'groupId':'G','year':2016,'grade':'良好'}"));
    }

    @BeforeAll
    static void prepare() {
        try (TestSystem system = new TestSystem()) {
            World.prepare(system);
            world = system.history();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aDecisionIsAFunctionOfGivenEvents(Example example) {
        assertThat(PureDecision.decide(example.definition(), example.submitted(), example.envelope(), world))
                .isEqualTo(new Decision.Accepted(example.expected()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aDecisionHoldsThroughTheWiring(Example example) {
        AxonTestFixture fixture = AxonTestFixture.with(CommandConfiguration.configure(
                EventSourcingConfigurer.create(),
                attempt -> Mono.empty(),
                JournalHead.ofOneProcess(),
                TestSystem.CLOCK,
                () -> "made"));
        List<EventMessage> given = new ArrayList<>();
        world.forEach(recorded -> given.add(message(recorded)));
        fixture.given()
                .events(given)
                .when()
                .command(example.submitted(), Map.copyOf(example.envelope().toMetadata()))
                .then()
                .success()
                .events(example.expected().toArray());
        fixture.stop();
    }

    @Test
    void everyDecisionHasAnExample() {
        Set<String> shown = examples().map(Example::command).collect(Collectors.toCollection(TreeSet::new));
        assertThat(shown)
                .isEqualTo(CommandCatalogue.all().stream()
                        .map(CommandDefinition::name)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyCommandHasASchemaThatItsExampleFits() {
        examples().forEach(example -> {
            var schema = example.definition().schema();
            assertThat(example.read().sent().propertyNames())
                    .as(example.command())
                    .allMatch(schema.get("properties")::has);
            schema.path("required")
                    .forEach(name -> assertThat(example.read().sent().has(name.asString()))
                            .as(example.command() + " " + name)
                            .isTrue());
            assertThat(EventJson.write(schema)).doesNotContain("null");
        });
    }

    @Test
    void schemasAskForTextsThatSaySomething() {
        var schema = CommandCatalogue.find("AppointGroupMember").orElseThrow().schema();
        assertThat(schema.at("/properties/decision/properties/meeting/minLength")
                        .asInt())
                .isEqualTo(1);
        assertThat(schema.at("/properties/approval/properties/approverId/minLength")
                        .asInt())
                .isEqualTo(1);
        assertThat(schema.at("/properties/title/minLength").isMissingNode()).isTrue();
        assertThat(schema.get("required").toString()).doesNotContain("title").contains("personId");
        var base = CommandCatalogue.find("SetCoverageBase").orElseThrow().schema();
        assertThat(base.get("required").toString()).contains("basis").doesNotContain("catalogueId");
        assertThat(CommandCatalogue.find("EstablishDispatchGroup")
                        .orElseThrow()
                        .schema()
                        .get("required")
                        .toString())
                .doesNotContain("basis", "groupId");
    }

    private static String tags(String... names) {
        Set<String> tags = new TreeSet<>();
        tags.add("'unit:u6'");
        for (String name : names) {
            tags.add("'" + NameTags.unitName(Level.PROVINCE, null, name) + "'");
        }
        return String.join(",", tags);
    }

    private static EventMessage message(Recorded<? extends DomainEvent> recorded) {
        int dot = recorded.id().lastIndexOf('.');
        return EventMessages.message(
                recorded.envelope(),
                Integer.parseInt(recorded.id().substring(dot + 1)),
                recorded.event(),
                Instant.EPOCH);
    }
}
