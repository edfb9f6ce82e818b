package cn.plumbline.query.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.CoverageRole;
import cn.plumbline.events.DispatchEvent.AppointmentDecision;
import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.DispatchGroupRevoked;
import cn.plumbline.events.DispatchEvent.GroupAppraised;
import cn.plumbline.events.DispatchEvent.GroupMemberAppointed;
import cn.plumbline.events.DispatchEvent.GroupMemberReleased;
import cn.plumbline.events.DispatchEvent.PilotDesignated;
import cn.plumbline.events.DispatchEvent.RotationAssigned;
import cn.plumbline.events.DispatchEvent.RotationCompleted;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.DispatchEvent.UnitCoverageTransferred;
import cn.plumbline.events.DispatchEvent.VenueStatusChanged;
import cn.plumbline.events.EventJson;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.GroupKind;
import cn.plumbline.events.Level;
import cn.plumbline.events.MemberTitle;
import cn.plumbline.events.OrgRegistryEvent.OrganRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.PersonId;
import cn.plumbline.events.UnitCategory;
import cn.plumbline.events.UnitId;
import cn.plumbline.events.VenueId;
import cn.plumbline.events.VenueKind;
import cn.plumbline.events.VenueStatus;
import cn.plumbline.query.Asking;
import cn.plumbline.query.Facts;
import cn.plumbline.query.ViewRequest;
import cn.plumbline.query.dispatch.DirectoryEntry.Person;
import cn.plumbline.query.dispatch.DirectoryEntry.Status;
import cn.plumbline.query.dispatch.DirectoryEntry.UnitRef;
import cn.plumbline.query.dispatch.GroupDirectoryView.GroupDirectory;
import cn.plumbline.query.dispatch.GroupFile.RotationStatus;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GroupDirectoryTest {

    private static final OrganId ORGAN = new OrganId("O");
    private static final GroupId GROUP = new GroupId("G-1");
    private static final GroupId NEXT = new GroupId("G-2");
    private static final UnitId UNIT = new UnitId("U-1");
    private static final LocalDate MARCH = LocalDate.parse("2019-03-01");
    private static final LocalDate JUNE = LocalDate.parse("2019-06-01");
    private static final AppointmentDecision DECISION = new AppointmentDecision("常委会", MARCH);

    private final Facts facts = new Facts()
            .add(
                    new OrganRegistered(ORGAN, "区纪委", Level.COUNTY, null),
                    new UnitRegistered(UNIT, "街道", null, UnitCategory.TOWN_STREET, Level.COUNTY, null),
                    new DispatchGroupEstablished(GROUP, ORGAN, GroupKind.STREET, "第一组", UNIT, MARCH, null),
                    new UnitCoverageStarted(
                            UNIT, ORGAN, CoverageKind.STREET, GROUP, null, CoverageRole.RESIDENT, MARCH, null));

    private GroupDirectory directory(LocalDate day, Map<String, String> filters) {
        return Asking.body(GroupDirectory.class, "group-directory", facts, day, filters);
    }

    private DirectoryEntry group(LocalDate day) {
        return directory(day, Map.of("group", GROUP.value())).groups().getFirst();
    }

    private void appoint(int person, MemberTitle title, boolean fullTime) {
        facts.add(new GroupMemberAppointed(
                GROUP,
                new PersonId("人员-" + person),
                title,
                fullTime,
                fullTime ? null : "本职",
                MARCH,
                DECISION,
                person == 101 ? true : null));
    }

    @Test
    void peopleAreListedByTitle() {
        appoint(101, MemberTitle.HEAD, false);
        appoint(102, MemberTitle.DEPUTY, false);
        appoint(103, MemberTitle.DEPUTY, true);
        appoint(104, MemberTitle.RESIDENT_STAFF, true);
        appoint(105, MemberTitle.COMMITTEE_MEMBER, false);
        assertThat(group(MARCH)).satisfies(group -> {
            assertThat(group.head().personId()).isEqualTo("人员-101");
            assertThat(group.head().isNew()).isTrue();
            assertThat(group.deputies()).extracting(Person::personId).containsExactly("人员-102", "人员-103");
            assertThat(group.staff()).containsOnlyKeys(MemberTitle.RESIDENT_STAFF, MemberTitle.COMMITTEE_MEMBER);
            assertThat(group.fullTime()).isEqualTo(2);
            assertThat(group.partTime()).isEqualTo(3);
            assertThat(group.vacancy()).isFalse();
        });
    }

    @Test
    void aGroupWithoutHeadIsAVacancy() {
        assertThat(group(MARCH).vacancy()).isTrue();
        appoint(101, MemberTitle.HEAD, true);
        facts.add(new GroupMemberReleased(GROUP, new PersonId("人员-101"), JUNE, "调任"));
        assertThat(directory(JUNE.minusDays(1), Map.of()).vacancies()).isZero();
        GroupDirectory after = directory(JUNE, Map.of());
        assertThat(after.vacancies()).isEqualTo(1);
        assertThat(after.heads()).isZero();
    }

    @Test
    void whoComesBackIsThereAgain() {
        appoint(101, MemberTitle.HEAD, true);
        facts.add(new GroupMemberReleased(GROUP, new PersonId("人员-101"), JUNE, "调任"));
        facts.add(new GroupMemberAppointed(
                GROUP, new PersonId("人员-101"), MemberTitle.HEAD, true, null, JUNE.plusMonths(1), DECISION, null));
        assertThat(group(JUNE).head()).isNull();
        assertThat(group(JUNE.plusMonths(1)).head()).isNotNull();
    }

    @Test
    void unitsComeAndGoByTransfer() {
        facts.add(
                new DispatchGroupEstablished(NEXT, ORGAN, GroupKind.STREET, "第二组", null, MARCH, null),
                new UnitCoverageTransferred(UNIT, ORGAN, GROUP, NEXT, CoverageKind.STREET, CoverageRole.GROUPED, JUNE));
        assertThat(group(JUNE.minusDays(1)).units())
                .containsExactly(new UnitRef("U-1", "街道", CoverageRole.RESIDENT, MARCH));
        assertThat(group(JUNE).units()).isEmpty();
        assertThat(directory(JUNE, Map.of("organ", "O")).groups().get(1).units())
                .containsExactly(new UnitRef("U-1", "街道", CoverageRole.GROUPED, JUNE));
        assertThat(group(JUNE).residentUnit().name()).isEqualTo("街道");
    }

    @Test
    void aRevokedGroupIsListedOnlyWhenAskedFor() {
        facts.add(new DispatchGroupRevoked(GROUP, ORGAN, "第一组", JUNE, "改革"));
        assertThat(directory(JUNE.minusDays(1), Map.of()).groupCount()).isEqualTo(1);
        assertThat(directory(JUNE, Map.of()).groupCount()).isZero();
        assertThat(directory(MARCH.minusDays(1), Map.of()).groupCount()).isZero();
        assertThat(group(JUNE).status()).isEqualTo(Status.ENDED);
        assertThat(group(JUNE).vacancy()).isFalse();
        assertThat(group(MARCH.minusDays(1)).status()).isEqualTo(Status.PLANNED);
        assertThat(directory(JUNE, Map.of("group", "nobody")).groups()).isEmpty();
    }

    @Test
    void workAndRoomsAreListed() {
        facts.add(
                new RotationAssigned(GROUP, "2019Q3", new PersonId("人员-103"), "二号楼", null),
                new RotationAssigned(GROUP, "2019Q2", new PersonId("人员-102"), "一号楼", List.of("走访")),
                new RotationCompleted(GROUP, "2019Q2", new PersonId("人员-102"), "良好"),
                new VenueStatusChanged(new VenueId("V"), GROUP, VenueKind.TALK_ROOM, VenueStatus.TEMPORARY, MARCH),
                new VenueStatusChanged(new VenueId("V"), GROUP, VenueKind.TALK_ROOM, VenueStatus.IN_USE, JUNE),
                new PilotDesignated(GROUP, "轮流值班", JUNE),
                new GroupAppraised(GROUP, 2019, "优秀"));
        DirectoryEntry group = group(JUNE.minusDays(1));
        assertThat(group.rotations())
                .extracting(DirectoryEntry.Rotation::quarter)
                .containsExactly("2019Q2", "2019Q3");
        assertThat(group.rotations().getFirst().status()).isEqualTo(RotationStatus.COMPLETED);
        assertThat(group.venues())
                .singleElement()
                .satisfies(venue -> assertThat(venue.status()).isEqualTo(VenueStatus.TEMPORARY));
        assertThat(group(JUNE).venues())
                .singleElement()
                .satisfies(venue -> assertThat(venue.status()).isEqualTo(VenueStatus.IN_USE));
        assertThat(group.pilots()).isEmpty();
        assertThat(group(JUNE).pilots()).hasSize(1);
        assertThat(group.appraisals()).containsExactly(new DirectoryEntry.Appraisal(2019, "优秀"));
    }

    @Test
    void pagesFollowEachOther() {
        for (int i = 2; i <= 7; i++) {
            facts.add(new DispatchGroupEstablished(
                    new GroupId("G-" + i), ORGAN, GroupKind.STREET, "第" + i + "组", null, MARCH, null));
        }
        ViewRequest first = new ViewRequest(JUNE, OptionalLong.empty(), Map.of(), 4, null);
        var one = Asking.ask("group-directory", facts, first);
        assertThat(one.rows()).hasSize(4);
        assertThat(((GroupDirectory) one.body()).groupCount()).isEqualTo(7);
        var two = Asking.ask(
                "group-directory", facts, new ViewRequest(JUNE, OptionalLong.empty(), Map.of(), 4, one.next()));
        assertThat(two.rows()).hasSize(3);
        assertThat(two.next()).isNull();
    }

    @Test
    void anEntryHasItsJson() {
        appoint(101, MemberTitle.HEAD, true);
        appoint(102, MemberTitle.STAFF, true);
        assertThat(EventJson.write(group(JUNE))).contains("\"head\":{", "\"STAFF\":[", "\"status\":\"ACTIVE\"");
    }
}
