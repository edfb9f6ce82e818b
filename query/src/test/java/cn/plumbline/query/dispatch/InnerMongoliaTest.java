package cn.plumbline.query.dispatch;

import static cn.plumbline.query.InnerMongolia.AFTER;
import static cn.plumbline.query.InnerMongolia.BEFORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.DispatchEvent.UnitCoverageEnded;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.EventJson;
import cn.plumbline.events.UnitCategory;
import cn.plumbline.query.Asking;
import cn.plumbline.query.Facts;
import cn.plumbline.query.InnerMongolia;
import cn.plumbline.query.dispatch.BlindSpotsView.BlindSpots;
import cn.plumbline.query.dispatch.BlindSpotsView.CategoryCount;
import cn.plumbline.query.dispatch.CoverageByKindView.CoverageByKind;
import cn.plumbline.query.dispatch.CoverageMapView.CoverageMap;
import cn.plumbline.query.dispatch.CoverageMapView.UnitName;
import cn.plumbline.query.dispatch.GroupDirectoryView.GroupDirectory;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The figures that the reform of 2015 in Inner Mongolia is known for. */
class InnerMongoliaTest {

    private final Facts facts = InnerMongolia.complete();

    private CoverageMap map(LocalDate asOf, Map<String, String> more) {
        Map<String, String> filters = new HashMap<>(more);
        filters.put("organ", InnerMongolia.ORGAN.value());
        return Asking.body(CoverageMap.class, "coverage-map", facts, asOf, filters);
    }

    private <T extends Record> T ask(Class<T> type, String view, LocalDate asOf) {
        return Asking.body(type, view, facts, asOf, Map.of("organ", InnerMongolia.ORGAN.value()));
    }

    @Test
    void coverageIsCountedBefore() {
        CoverageMap map = map(BEFORE, Map.of());
        assertThat(map.total()).isEqualTo(84);
        assertThat(map.covered()).isEqualTo(44);
        assertThat(map.rate()).isEqualByComparingTo("52.38");
        assertThat(map.byKind())
                .extracting(KindCount::kind, KindCount::groups, KindCount::units)
                .containsExactly(tuple(CoverageKind.LEGACY, 0, 44));
        assertThat(map.blindSpots())
                .hasSize(40)
                .allSatisfy(spot -> assertThat(spot.since()).isEqualTo(InnerMongolia.BASE));
        assertThat(map.blindSpots())
                .extracting(CoverageMapView.BlindSpot::unitId)
                .contains("001", "002", "003", "004", "005", "006", "007");
    }

    @Test
    void coverageIsCompleteAfter() {
        CoverageMap map = map(AFTER, Map.of("comparedTo", BEFORE.toString()));
        assertThat(map.total()).isEqualTo(84);
        assertThat(map.covered()).isEqualTo(84);
        assertThat(map.rate()).hasToString("100.00");
        assertThat(map.blindSpots()).isEmpty();
        assertThat(map.byKind())
                .extracting(KindCount::kind, KindCount::groups, KindCount::units)
                .containsExactly(
                        tuple(CoverageKind.STANDALONE, 19, 19),
                        tuple(CoverageKind.GROUPED, 17, 64),
                        tuple(CoverageKind.PLAQUE, 1, 1));
        assertThat(map.newlyCovered()).hasSize(40);
        assertThat(map.movedFromLegacy())
                .hasSize(44)
                .extracting(UnitName::unitId)
                .contains("009", "052");
        assertThat(map.lapsed()).isEmpty();
        assertThat(map.changePoints()).containsExactly(InnerMongolia.BASE, InnerMongolia.REFORM);
    }

    @Test
    void theMapNamesWhoCovers() {
        assertThat(map(AFTER, Map.of()).units())
                .filteredOn(unit -> unit.unitId().equals("008"))
                .singleElement()
                .satisfies(unit -> {
                    assertThat(unit.committeeId()).isEqualTo("直属机关纪工委");
                    assertThat(unit.groupName()).isEqualTo("派驻纪检组");
                    assertThat(unit.from()).isEqualTo(InnerMongolia.REFORM);
                });
        assertThat(map(AFTER, Map.of()).units())
                .filteredOn(unit -> unit.unitId().equals("009"))
                .singleElement()
                .satisfies(unit -> assertThat(unit.groupName()).isEqualTo("自治区纪委驻单位01纪检组"));
    }

    @Test
    void blindSpotsAreToldByCategory() {
        BlindSpots spots = ask(BlindSpots.class, "blind-spots", BEFORE);
        assertThat(spots.blind()).isEqualTo(40);
        assertThat(spots.byCategory())
                .containsExactly(
                        new CategoryCount(UnitCategory.PARTY_DEPT, 6),
                        new CategoryCount(UnitCategory.NPC_ORGAN, 1),
                        new CategoryCount(UnitCategory.CPPCC_ORGAN, 1),
                        new CategoryCount(UnitCategory.SOE_PSI, 18),
                        new CategoryCount(UnitCategory.OTHER, 14));
        BlindSpots after = ask(BlindSpots.class, "blind-spots", AFTER);
        assertThat(after.blind()).isZero();
        assertThat(after.firstCovered())
                .hasSize(40)
                .allSatisfy(unit -> assertThat(unit.on()).isEqualTo(InnerMongolia.REFORM));
    }

    @Test
    void kindsHaveAverages() {
        CoverageByKind kinds = ask(CoverageByKind.class, "coverage-by-kind", AFTER);
        assertThat(kinds.byKind()).hasSize(3);
        assertThat(kinds.byKind().get(1).averageUnits()).isEqualByComparingTo("3.76");
    }

    @Test
    void theDirectoryListsGroupsAndHeads() {
        GroupDirectory directory = ask(GroupDirectory.class, "group-directory", AFTER);
        assertThat(directory.groupCount()).isEqualTo(36);
        assertThat(directory.committeeCount()).isEqualTo(1);
        assertThat(directory.heads()).isEqualTo(36);
        assertThat(directory.newHeads()).isEqualTo(7);
        assertThat(directory.vacancies()).isZero();
        assertThat(directory.groups()).hasSize(36);
        assertThat(directory.committees())
                .singleElement()
                .satisfies(committee -> assertThat(committee.units()).hasSize(1));
        Map<Integer, Long> sizes = new HashMap<>();
        directory.groups().forEach(group -> sizes.merge(group.units().size(), 1L, Long::sum));
        assertThat(sizes).isEqualTo(Map.of(1, 19L, 4, 13L, 3, 4L));
        assertThat(ask(GroupDirectory.class, "group-directory", BEFORE).groups())
                .isEmpty();
    }

    @Test
    void theDirectoryNeedsNoOrgan() {
        GroupDirectory directory = Asking.body(GroupDirectory.class, "group-directory", facts, AFTER, Map.of());
        assertThat(directory.groupCount()).isEqualTo(36);
    }

    @Test
    void theEventsAreAsMany() {
        assertThat(facts.positions(UnitCoverageStarted.class)).hasSize(128);
        assertThat(facts.positions(UnitCoverageEnded.class)).hasSize(44);
    }

    @Test
    void theRateStandsInJsonWithTwoDecimals() {
        assertThat(EventJson.write(map(AFTER, Map.of()))).contains("\"rate\":100.00");
        assertThat(EventJson.write(map(LocalDate.parse("2010-01-01"), Map.of())))
                .contains("\"rate\":null", "\"total\":0");
    }
}
