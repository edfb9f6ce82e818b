package cn.plumbline.command;

import cn.plumbline.command.dispatch.EstablishDispatchGroup;
import cn.plumbline.command.orgregistry.RegisterOrgan;
import cn.plumbline.events.BasisDocument;
import cn.plumbline.events.Classification;
import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.CoverageRole;
import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.UnitCoverageEnded;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.Envelope;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.GroupKind;
import cn.plumbline.events.Level;
import cn.plumbline.events.OrgRegistryEvent.OrganRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.UnitCategory;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.test.fixture.AxonTestFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class WiringTest {

    private static final OrganId ORGAN = new OrganId("O");
    private static final UnitId UNIT = new UnitId("012");
    private static final LocalDate DAY = LocalDate.parse("2015-11-13");

    private final AxonTestFixture fixture = AxonTestFixture.with(CommandConfiguration.configure(
            EventSourcingConfigurer.create(),
            attempt -> Mono.empty(),
            JournalHead.ofOneProcess(),
            TestSystem.CLOCK,
            () -> "made"));

    @AfterEach
    void stop() {
        fixture.stop();
    }

    @Test
    void registersAnOrgan() {
        fixture.given()
                .noPriorActivity()
                .when()
                .command(new RegisterOrgan(ORGAN, "自治区纪委", Level.PROVINCE, null), metadata("c-1"))
                .then()
                .success()
                .events(new OrganRegistered(ORGAN, "自治区纪委", Level.PROVINCE, null));
    }

    @Test
    void establishesAGroupInPlaceOfLegacyCoverage() {
        GroupId group = new GroupId("G");
        fixture.given()
                .event(new OrganRegistered(ORGAN, "自治区纪委", Level.PROVINCE, null), metadata("c-1"))
                .event(
                        new UnitRegistered(UNIT, "民政厅", null, UnitCategory.GOV_DEPT, Level.PROVINCE, null),
                        metadata("c-2"))
                .event(
                        new UnitCoverageStarted(
                                UNIT,
                                ORGAN,
                                CoverageKind.LEGACY,
                                null,
                                null,
                                null,
                                LocalDate.parse("2012-11-01"),
                                null),
                        metadata("c-3"))
                .when()
                .command(
                        new EstablishDispatchGroup(
                                group, ORGAN, GroupKind.STANDALONE, "驻民政厅纪检组", UNIT, List.of(UNIT), DAY, null, true),
                        metadata("c-4"))
                .then()
                .success()
                .events(
                        new DispatchGroupEstablished(group, ORGAN, GroupKind.STANDALONE, "驻民政厅纪检组", UNIT, DAY, null),
                        new UnitCoverageEnded(UNIT, ORGAN, CoverageKind.LEGACY, null, null, DAY, "新的监督取代原有覆盖"),
                        new UnitCoverageStarted(
                                UNIT, ORGAN, CoverageKind.STANDALONE, group, null, CoverageRole.RESIDENT, DAY, null));
    }

    static Map<String, String> metadata(String commandId) {
        return new Envelope(
                        commandId,
                        "Test",
                        "hash",
                        "correlation",
                        null,
                        TestSystem.CLERK,
                        DAY,
                        List.of(new BasisDocument(null, "文〔2015〕1号", null, DAY)),
                        null,
                        Classification.INTERNAL)
                .toMetadata();
    }
}
