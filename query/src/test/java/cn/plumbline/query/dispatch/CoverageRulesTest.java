package cn.plumbline.query.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.CatalogueId;
import cn.plumbline.events.CommitteeId;
import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.CoverageRole;
import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.InternalOrganRecorded;
import cn.plumbline.events.DispatchEvent.UnitCoverageEnded;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.DispatchEvent.UnitCoverageTransferred;
import cn.plumbline.events.DispatchEvent.WorkCommitteePlaqueAttached;
import cn.plumbline.events.EventJson;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.GroupKind;
import cn.plumbline.events.Level;
import cn.plumbline.events.OrgRegistryEvent.CoverageBaseSet;
import cn.plumbline.events.OrgRegistryEvent.UnitAddedToBase;
import cn.plumbline.events.OrgRegistryEvent.UnitDissolved;
import cn.plumbline.events.OrgRegistryEvent.UnitMerged;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitRemovedFromBase;
import cn.plumbline.events.OrgRegistryEvent.UnitRenamed;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.Schemas;
import cn.plumbline.events.UnitCategory;
import cn.plumbline.events.UnitId;
import cn.plumbline.query.Asking;
import cn.plumbline.query.Facts;
import cn.plumbline.query.ViewDefinition;
import cn.plumbline.query.dispatch.CoverageMapView.BlindSpot;
import cn.plumbline.query.dispatch.CoverageMapView.CoverageMap;
import cn.plumbline.query.dispatch.CoverageMapView.CoveredUnit;
import cn.plumbline.query.dispatch.CoverageMapView.UnitName;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CoverageRulesTest {

    private static final OrganId ORGAN = new OrganId("O");
    private static final OrganId OTHER = new OrganId("P");
    private static final CatalogueId BASE = new CatalogueId("M-1");
    private static final UnitId ONE = new UnitId("U-1");
    private static final UnitId TWO = new UnitId("U-2");
    private static final GroupId GROUP = new GroupId("G-1");
    private static final GroupId NEXT = new GroupId("G-2");
    private static final LocalDate JANUARY = LocalDate.parse("2020-01-01");
    private static final LocalDate MARCH = LocalDate.parse("2020-03-01");
    private static final LocalDate JUNE = LocalDate.parse("2020-06-01");

    private final Facts facts = new Facts()
            .add(
                    new UnitRegistered(ONE, "甲", null, UnitCategory.GOV_DEPT, Level.COUNTY, null),
                    new UnitRegistered(TWO, "乙", null, UnitCategory.PARTY_DEPT, Level.COUNTY, null),
                    new CoverageBaseSet(BASE, ORGAN, List.of(ONE, TWO), JANUARY),
                    new DispatchGroupEstablished(GROUP, ORGAN, GroupKind.GROUPED, "第一组", ONE, JANUARY, null),
                    new DispatchGroupEstablished(NEXT, ORGAN, GroupKind.JOINT, "第二组", null, JANUARY, null));

    private CoverageMap map(LocalDate day) {
        return map(day, Map.of("organ", ORGAN.value()));
    }

    private CoverageMap map(LocalDate day, Map<String, String> filters) {
        return Asking.body(CoverageMap.class, "coverage-map", facts, day, filters);
    }

    private CoveredUnit covered(LocalDate day, UnitId unit) {
        return map(day).units().stream()
                .filter(each -> each.unitId().equals(unit.value()))
                .findFirst()
                .orElse(null);
    }

    private LocalDate blindSince(LocalDate day, UnitId unit) {
        return map(day).blindSpots().stream()
                .filter(spot -> spot.unitId().equals(unit.value()))
                .map(BlindSpot::since)
                .findFirst()
                .orElse(null);
    }

    private void start(UnitId unit, OrganId organ, GroupId group, LocalDate from, LocalDate to) {
        facts.add(new UnitCoverageStarted(
                unit, organ, CoverageKind.GROUPED, group, null, CoverageRole.GROUPED, from, to));
    }

    @Test
    void theLastDayIsOut() {
        start(ONE, ORGAN, GROUP, MARCH, JUNE);
        assertThat(covered(MARCH.minusDays(1), ONE)).isNull();
        assertThat(covered(MARCH, ONE)).isNotNull();
        assertThat(covered(JUNE.minusDays(1), ONE)).isNotNull();
        assertThat(covered(JUNE, ONE)).isNull();
        assertThat(blindSince(JUNE, ONE)).isEqualTo(JUNE);
        assertThat(blindSince(MARCH.minusDays(1), ONE)).isEqualTo(JANUARY);
    }

    @Test
    void coverageByAnotherOrganDoesNotCount() {
        start(ONE, OTHER, new GroupId("X"), JANUARY, null);
        assertThat(map(MARCH).covered()).isZero();
    }

    @Test
    void aTransferLeavesNoGap() {
        start(ONE, ORGAN, GROUP, JANUARY, null);
        facts.add(new UnitCoverageTransferred(
                ONE, ORGAN, GROUP, NEXT, CoverageKind.JOINT, CoverageRole.AREA_LIAISON, MARCH));
        assertThat(covered(MARCH.minusDays(1), ONE).groupName()).isEqualTo("第一组");
        assertThat(covered(MARCH, ONE)).satisfies(unit -> {
            assertThat(unit.groupName()).isEqualTo("第二组");
            assertThat(unit.kind()).isEqualTo(CoverageKind.JOINT);
            assertThat(unit.role()).isEqualTo(CoverageRole.AREA_LIAISON);
            assertThat(unit.from()).isEqualTo(MARCH);
        });
    }

    @Test
    void anInternalOrganCoversWithoutAGroup() {
        facts.add(
                new InternalOrganRecorded(ONE, ORGAN, "甲纪检组", MARCH, null),
                new UnitCoverageStarted(ONE, ORGAN, CoverageKind.INTERNAL, null, null, null, MARCH, null));
        assertThat(covered(MARCH, ONE).groupName()).isEqualTo("甲纪检组");
        assertThat(map(MARCH).byKind()).singleElement().satisfies(kind -> {
            assertThat(kind.groups()).isZero();
            assertThat(kind.units()).isEqualTo(1);
        });
    }

    @Test
    void aCommitteesCoverageEnds() {
        CommitteeId committee = new CommitteeId("K");
        facts.add(
                new WorkCommitteePlaqueAttached(committee, ORGAN, "牌子", ONE, JANUARY, null),
                new UnitCoverageStarted(ONE, ORGAN, CoverageKind.PLAQUE, null, committee, null, JANUARY, null),
                new UnitCoverageEnded(ONE, ORGAN, CoverageKind.PLAQUE, null, committee, MARCH, "摘牌"));
        assertThat(covered(JANUARY, ONE).committeeId()).isEqualTo("K");
        assertThat(covered(MARCH, ONE)).isNull();
    }

    @Test
    void aStreetsCommunitiesFollow() {
        UnitId street = new UnitId("S");
        UnitId community = new UnitId("C");
        UnitId office = new UnitId("D");
        GroupId group = new GroupId("G-S");
        facts.add(
                new UnitRegistered(street, "街道", null, UnitCategory.TOWN_STREET, Level.TOWNSHIP, null),
                new UnitRegistered(community, "社区", null, UnitCategory.COMMUNITY, Level.COMMUNITY, street),
                new UnitRegistered(office, "街道办", null, UnitCategory.GOV_DEPT, Level.TOWNSHIP, street),
                new UnitAddedToBase(BASE, ORGAN, community, JANUARY),
                new UnitAddedToBase(BASE, ORGAN, office, JANUARY),
                new DispatchGroupEstablished(group, ORGAN, GroupKind.STREET, "派出街道组", null, MARCH, null),
                new UnitCoverageStarted(
                        street, ORGAN, CoverageKind.STREET, group, null, CoverageRole.GROUPED, MARCH, null));
        assertThat(covered(MARCH, community).groupName()).isEqualTo("派出街道组");
        assertThat(covered(MARCH, office)).isNull();
        assertThat(covered(MARCH.minusDays(1), community)).isNull();
    }

    @Nested
    class TheBase {

        @Test
        void holdsUntilTheNextBegins() {
            facts.add(new CoverageBaseSet(new CatalogueId("M-2"), ORGAN, List.of(TWO), MARCH));
            assertThat(map(MARCH.minusDays(1)).total()).isEqualTo(2);
            assertThat(map(MARCH).total()).isEqualTo(1);
            assertThat(blindSince(JUNE, TWO)).isEqualTo(MARCH);
        }

        @Test
        void gainsAndLosesUnits() {
            UnitId three = new UnitId("U-3");
            facts.add(
                    new UnitAddedToBase(BASE, ORGAN, three, MARCH),
                    new UnitRemovedFromBase(BASE, ORGAN, ONE, JUNE, "撤并"));
            assertThat(map(MARCH.minusDays(1)).total()).isEqualTo(2);
            assertThat(map(MARCH).total()).isEqualTo(3);
            assertThat(map(JUNE).total()).isEqualTo(2);
            assertThat(blindSince(JUNE, three)).isEqualTo(MARCH);
            facts.add(new UnitAddedToBase(BASE, ORGAN, ONE, JUNE.plusMonths(1)));
            assertThat(map(JUNE).total()).isEqualTo(2);
            assertThat(map(JUNE.plusMonths(1)).total()).isEqualTo(3);
        }

        @Test
        void mayBeAbsent() {
            assertThat(map(JANUARY.minusDays(1))).satisfies(map -> {
                assertThat(map.total()).isZero();
                assertThat(map.rate()).isNull();
            });
            assertThat(map(MARCH, Map.of("organ", "nobody")).rate()).isNull();
        }

        @Test
        void hasNoUnitThatIsNoMore() {
            facts.add(new UnitDissolved(ONE, MARCH), new UnitMerged(TWO, ONE, JUNE));
            assertThat(map(MARCH.minusDays(1)).total()).isEqualTo(2);
            assertThat(map(MARCH).total()).isEqualTo(1);
            assertThat(map(JUNE).total()).isZero();
        }

        @Test
        void mayBeVoided() {
            facts.voidAt(3);
            assertThat(map(MARCH).total()).isZero();
        }
    }

    @Nested
    class AName {

        @Test
        void isThatOfTheDay() {
            facts.add(new UnitRenamed(ONE, "丙", "甲", Level.COUNTY, null, MARCH));
            assertThat(map(MARCH.minusDays(1)).blindSpots().getFirst().name()).isEqualTo("甲");
            assertThat(map(MARCH).blindSpots().getFirst().name()).isEqualTo("丙");
            facts.add(new UnitRenamed(ONE, "丁", "丙", Level.COUNTY, null, LocalDate.parse("2020-02-01")));
            assertThat(map(MARCH).blindSpots().getFirst().name()).isEqualTo("丙");
            assertThat(map(MARCH.minusDays(1)).blindSpots().getFirst().name()).isEqualTo("丁");
        }
    }

    @Nested
    class AComparison {

        @Test
        void tellsWhatWasGainedAndLost() {
            facts.add(new UnitCoverageStarted(ONE, ORGAN, CoverageKind.LEGACY, null, null, null, JANUARY, null));
            start(TWO, ORGAN, GROUP, JANUARY, MARCH);
            facts.add(new UnitCoverageEnded(ONE, ORGAN, CoverageKind.LEGACY, null, null, MARCH, "接替"));
            start(ONE, ORGAN, GROUP, MARCH, null);
            CoverageMap map = map(JUNE, Map.of("organ", ORGAN.value(), "comparedTo", JANUARY.toString()));
            assertThat(map.newlyCovered()).isEmpty();
            assertThat(map.movedFromLegacy()).extracting(UnitName::unitId).containsExactly("U-1");
            assertThat(map.lapsed()).extracting(UnitName::unitId).containsExactly("U-2");
            assertThat(map.changePoints()).containsExactly(JANUARY, MARCH);
        }

        @Test
        void isAbsentUnlessAskedFor() {
            assertThat(map(JUNE).lapsed()).isNull();
            assertThat(EventJson.write(map(JUNE))).doesNotContain("lapsed", "newlyCovered");
        }
    }

    @Test
    void everyAnswerHasASchema() {
        List.of("coverage-map", "blind-spots", "coverage-by-kind", "group-directory", "organ-directory")
                .forEach(name -> {
                    ViewDefinition definition = Asking.view(name).definition();
                    assertThat(Schemas.of(definition.answerType())
                                    .get("properties")
                                    .isEmpty())
                            .as(name)
                            .isFalse();
                    assertThat(Schemas.of(definition.rowType())
                                    .get("properties")
                                    .isEmpty())
                            .as(name)
                            .isFalse();
                });
    }
}
