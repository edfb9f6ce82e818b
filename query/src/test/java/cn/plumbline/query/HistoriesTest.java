package cn.plumbline.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.CoverageRole;
import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.UnitCoverageEnded;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.DispatchEvent.UnitCoverageTransferred;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.GroupKind;
import cn.plumbline.events.Level;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitRenamed;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.Tag;
import cn.plumbline.events.UnitCategory;
import cn.plumbline.events.UnitId;
import cn.plumbline.query.RecordHistory.Change;
import cn.plumbline.query.RecordHistory.Entry;
import cn.plumbline.query.RecordHistory.Label;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoriesTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final MemoryMongo MONGO = new MemoryMongo();
    private static final OrganId ORGAN = new OrganId("O");
    private static final UnitId UNIT = new UnitId("002");
    private static final GroupId FIRST = new GroupId("G-1");
    private static final GroupId SECOND = new GroupId("G-2");
    private static final LocalDate DAY = LocalDate.parse("2015-11-13");

    private final MongoDatabase database = MONGO.freshDatabase();
    private final TestJournal journal = new TestJournal(database);
    private final Facts facts = new Facts()
            .add(
                    new UnitRegistered(UNIT, "组织部", null, UnitCategory.PARTY_DEPT, Level.PROVINCE, null),
                    new UnitCoverageStarted(
                            UNIT, ORGAN, CoverageKind.GROUPED, FIRST, null, CoverageRole.RESIDENT, DAY, null),
                    new UnitCoverageTransferred(
                            UNIT,
                            ORGAN,
                            FIRST,
                            SECOND,
                            CoverageKind.JOINT,
                            CoverageRole.AREA_LIAISON,
                            DAY.plusYears(1)),
                    new UnitRenamed(UNIT, "组织人事部", "组织部", Level.PROVINCE, null, DAY.plusYears(2)));

    @AfterEach
    void stop() {
        journal.close();
    }

    @AfterAll
    static void close() {
        MONGO.close();
    }

    private RecordHistory history(String tag, OptionalLong knownAt) {
        journal.append(facts.all(), 500);
        return Histories.of(journal, Tag.parse(tag), knownAt).block(LIMIT);
    }

    private Entry entry(String tag, int index) {
        return history(tag, OptionalLong.empty()).entries().get(index);
    }

    @Test
    void tellsWhatWasBeforeAndAfter() {
        RecordHistory history = history("unit:002", OptionalLong.empty());
        assertThat(history.entries())
                .extracting(entry -> entry.action().zh())
                .containsExactly("登记单位", "单位纳入监督", "单位划转", "单位更名");
        assertThat(history.entries().get(2).changes())
                .extracting(
                        Change::field,
                        change ->
                                change.before() == null ? null : change.before().asString(),
                        change -> change.after().asString())
                .containsExactlyInAnyOrder(
                        tuple("toGroupId", "G-1", "G-2"),
                        tuple("kind", "GROUPED", "JOINT"),
                        tuple("role", "RESIDENT", "AREA_LIAISON"),
                        tuple("effectiveFrom", "2015-11-13", "2016-11-13"));
        assertThat(history.entries().get(3).changes())
                .extracting(Change::field)
                .containsExactlyInAnyOrder("name", "on");
    }

    @Test
    void namesCodesAndFieldsInBothLanguages() {
        Change kind = entry("unit:002", 2).changes().stream()
                .filter(change -> change.field().equals("kind"))
                .findFirst()
                .orElseThrow();
        assertThat(kind.title()).isEqualTo(new Label("形式", "Kind"));
        assertThat(kind.beforeLabel()).isEqualTo(new Label("归口派驻", "Grouped"));
        assertThat(kind.afterLabel()).isEqualTo(new Label("联合派驻", "Joint"));
    }

    @Test
    void showsTheOriginalAndWhatBecameOfIt() {
        facts.correct(2, Map.of("effectiveFrom", "2015-12-01"));
        facts.voidAt(4);
        RecordHistory history = history("unit:002", OptionalLong.empty());
        assertThat(history.entries()).hasSize(6);
        Entry original = history.entries().get(1);
        assertThat(original.changes())
                .anyMatch(change -> change.field().equals("effectiveFrom")
                        && change.after().asString().equals("2015-11-13"));
        assertThat(original.became()).singleElement().satisfies(later -> {
            assertThat(later.position()).isEqualTo(5);
            assertThat(later.reason()).isEqualTo("核对有误");
            assertThat(later.changes()).singleElement().satisfies(change -> {
                assertThat(change.before().asString()).isEqualTo("2015-11-13");
                assertThat(change.after().asString()).isEqualTo("2015-12-01");
                assertThat(change.title().zh()).isEqualTo("生效日期");
            });
        });
        assertThat(original.voided()).isFalse();
        assertThat(history.entries().get(3).voided()).isTrue();
        assertThat(history.entries().get(4).target()).isEqualTo(2);
        assertThat(history.entries().get(5).reason()).isEqualTo("误录");
    }

    @Test
    void comparesWithTheCorrectedState() {
        facts.correct(2, Map.of("role", "GROUPED"));
        facts.add(new UnitCoverageStarted(
                UNIT, ORGAN, CoverageKind.GROUPED, FIRST, null, CoverageRole.RESIDENT, DAY.plusYears(5), null));
        facts.voidAt(3);
        facts.add(new UnitCoverageEnded(UNIT, ORGAN, CoverageKind.GROUPED, FIRST, null, DAY.plusYears(6), "机构调整"));
        Entry ended = entry("unit:002", 7);
        assertThat(ended.reason()).isEqualTo("机构调整");
        assertThat(ended.changes()).extracting(Change::field).containsExactly("effectiveTo");
    }

    @Test
    void aGroupsUnitsAreNotTakenForEachOther() {
        facts.add(
                new DispatchGroupEstablished(FIRST, ORGAN, GroupKind.GROUPED, "第一组", UNIT, DAY, null),
                new UnitCoverageStarted(
                        new UnitId("003"), ORGAN, CoverageKind.GROUPED, FIRST, null, CoverageRole.GROUPED, DAY, null));
        RecordHistory history = history("group:G-1", OptionalLong.empty());
        Entry second = history.entries().getLast();
        assertThat(second.changes())
                .allSatisfy(change -> assertThat(change.before()).isNull());
        assertThat(second.subject()).containsExactly("organ:O", "unit:003");
    }

    @Test
    void knowsNothingOfLaterEvents() {
        facts.voidAt(2);
        RecordHistory history = history("unit:002", OptionalLong.of(4));
        assertThat(history.entries()).hasSize(4).noneMatch(Entry::voided);
        assertThat(history.position()).isEqualTo(4);
    }

    @Test
    void anUnknownRecordHasNone() {
        assertThat(history("unit:999", OptionalLong.empty()).entries()).isEmpty();
    }
}
