package cn.plumbline.query.dispatch;

import cn.plumbline.events.CoverageRole;
import cn.plumbline.events.DispatchEvent.AppointmentDecision;
import cn.plumbline.events.GroupKind;
import cn.plumbline.events.MemberTitle;
import cn.plumbline.events.Title;
import cn.plumbline.events.VenueKind;
import cn.plumbline.events.VenueStatus;
import cn.plumbline.query.Row;
import cn.plumbline.query.dispatch.GroupFile.Founding;
import cn.plumbline.query.dispatch.GroupFile.Member;
import cn.plumbline.query.dispatch.GroupFile.RotationStatus;
import cn.plumbline.query.dispatch.GroupFile.Venue;
import cn.plumbline.query.dispatch.Plaques.Plaque;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A group or a committee as it is on a day.
 *
 * @param id the group's or the committee's
 * @param name of the group, or on the committee's plaque
 * @param units the units that it covers on the day, in the order of ids
 * @param head null in a vacancy, and for a committee
 * @param staff the members who are neither head nor deputy, by title
 * @param vacancy whether it is an active group without a head
 */
public record DirectoryEntry(
        @Title(zh = "类别", en = "Type") Type type,
        @Title(zh = "编号", en = "Id") String id,
        @Title(zh = "派出机关", en = "Organ") String organId,
        @Title(zh = "形式", en = "Kind") @Nullable GroupKind kind,
        @Title(zh = "名称", en = "Name") String name,
        @Title(zh = "状态", en = "Status") Status status,
        @Title(zh = "设立日期", en = "From") LocalDate from,
        @Title(zh = "撤销日期", en = "To") @Nullable LocalDate to,
        @Title(zh = "驻在单位", en = "Resident unit") @Nullable UnitRef residentUnit,
        @Title(zh = "监督单位", en = "Units") List<UnitRef> units,
        @Title(zh = "组长", en = "Head") @Nullable Person head,
        @Title(zh = "副组长", en = "Deputies") List<Person> deputies,
        @Title(zh = "其他人员", en = "Other staff") Map<MemberTitle, List<Person>> staff,
        @Title(zh = "专职人数", en = "Full-time") int fullTime,
        @Title(zh = "兼职人数", en = "Part-time") int partTime,
        @Title(zh = "组长空缺", en = "Head vacant") boolean vacancy,
        @Title(zh = "轮流值班", en = "Rotations") List<Rotation> rotations,
        @Title(zh = "场所", en = "Venues") List<VenueRef> venues,
        @Title(zh = "试点", en = "Pilots") List<Pilot> pilots,
        @Title(zh = "考核", en = "Appraisals") List<Appraisal> appraisals)
        implements Row {

    /** What an entry is about. */
    public enum Type {
        GROUP,
        COMMITTEE
    }

    /** The state of a group on a day. */
    public enum Status {
        PLANNED,
        ACTIVE,
        ENDED
    }

    /** A unit; role and day are absent for the resident unit's mention. */
    public record UnitRef(
            String unitId,
            String name,
            @Nullable CoverageRole role,
            @Nullable LocalDate from) {}

    /** A member on the day. */
    public record Person(
            String personId,
            MemberTitle title,
            boolean fullTime,
            @Nullable String concurrentPost,
            LocalDate from,
            AppointmentDecision decision,
            boolean isNew) {}

    /** The work of a quarter, as it stands. */
    public record Rotation(
            String quarter,
            String deputyId,
            String hostOffice,
            @Nullable List<String> tasks,
            RotationStatus status,
            @Nullable String appraisal) {}

    /** A venue in its state of the day. */
    public record VenueRef(String venueId, VenueKind kind, VenueStatus status, LocalDate on) {}

    /** A pilot that has begun. */
    public record Pilot(String programme, LocalDate from) {}

    /** A grade of a year. */
    public record Appraisal(int year, String grade) {}

    @Override
    public String key() {
        return type == Type.GROUP ? "group:" + id : "committee:" + id + " " + organId;
    }

    static DirectoryEntry of(String id, GroupFile file, Map<String, UnitNames> names, LocalDate day) {
        Founding founding = Objects.requireNonNull(file.founding(), "only established groups are listed");
        List<Person> people = people(file, day);
        Person head = people.stream()
                .filter(person -> person.title == MemberTitle.HEAD)
                .findFirst()
                .orElse(null);
        int fullTime = (int) people.stream().filter(Person::fullTime).count();
        Status status = status(file, founding, day);
        return new DirectoryEntry(
                Type.GROUP,
                id,
                founding.organ(),
                founding.kind(),
                founding.name(),
                status,
                founding.from(),
                file.to(),
                founding.residentUnit() == null ? null : unit(founding.residentUnit(), null, null, names, day),
                units(file, names, day),
                head,
                people.stream()
                        .filter(person -> person.title == MemberTitle.DEPUTY)
                        .toList(),
                staff(people),
                fullTime,
                people.size() - fullTime,
                status == Status.ACTIVE && head == null,
                rotations(file),
                venues(file, day),
                pilots(file, day),
                appraisals(file));
    }

    /** The plaques of a committee that hold on a day: one entry for each organ that it stands in for. */
    static List<DirectoryEntry> of(
            String id, Plaques plaques, @Nullable String organ, Map<String, UnitNames> names, LocalDate day) {
        Map<String, DirectoryEntry> byOrgan = new TreeMap<>();
        for (Plaque plaque : plaques.plaques()) {
            if ((organ == null || plaque.organ().equals(organ)) && Period.contains(plaque.from(), plaque.to(), day)) {
                byOrgan.putIfAbsent(plaque.organ(), committee(id, plaques, plaque, names, day));
            }
        }
        return new ArrayList<>(byOrgan.values());
    }

    private static DirectoryEntry committee(
            String id, Plaques plaques, Plaque plaque, Map<String, UnitNames> names, LocalDate day) {
        List<UnitRef> units = plaques.units().stream()
                .filter(unit -> unit.organ().equals(plaque.organ()) && Period.contains(unit.from(), unit.to(), day))
                .map(unit -> unit(unit.unit(), null, unit.from(), names, day))
                .sorted(Comparator.comparing(UnitRef::unitId))
                .toList();
        return new DirectoryEntry(
                Type.COMMITTEE,
                id,
                plaque.organ(),
                null,
                plaque.name(),
                Status.ACTIVE,
                plaque.from(),
                plaque.to(),
                null,
                units,
                null,
                List.of(),
                Map.of(),
                0,
                0,
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static Status status(GroupFile file, Founding founding, LocalDate day) {
        if (file.activeOn(day)) {
            return Status.ACTIVE;
        }
        return day.isBefore(founding.from()) ? Status.PLANNED : Status.ENDED;
    }

    private static UnitRef unit(
            String id,
            @Nullable CoverageRole role,
            @Nullable LocalDate from,
            Map<String, UnitNames> names,
            LocalDate day) {
        UnitNames known = names.get(id);
        return new UnitRef(id, known == null ? id : UnitNames.on(known.names(), id, day), role, from);
    }

    private static List<UnitRef> units(GroupFile file, Map<String, UnitNames> names, LocalDate day) {
        List<UnitRef> units = new ArrayList<>();
        file.units()
                .forEach((id, periods) -> periods.stream()
                        .filter(period -> Period.contains(period.from(), period.to(), day))
                        .findFirst()
                        .ifPresent(period -> units.add(unit(id, period.role(), period.from(), names, day))));
        units.sort(Comparator.comparing(UnitRef::unitId));
        return units;
    }

    private static List<Person> people(GroupFile file, LocalDate day) {
        return file.members().stream()
                .filter(member -> member.holdsOn(day))
                .sorted(Comparator.comparing(Member::from).thenComparing(Member::person))
                .map(member -> new Person(
                        member.person(),
                        member.title(),
                        member.fullTime(),
                        member.concurrentPost(),
                        member.from(),
                        member.decision(),
                        member.isNew()))
                .toList();
    }

    private static Map<MemberTitle, List<Person>> staff(List<Person> people) {
        Map<MemberTitle, List<Person>> staff = new EnumMap<>(MemberTitle.class);
        people.stream()
                .filter(person -> person.title != MemberTitle.HEAD && person.title != MemberTitle.DEPUTY)
                .forEach(person -> staff.computeIfAbsent(person.title, title -> new ArrayList<>())
                        .add(person));
        return staff;
    }

    private static List<Rotation> rotations(GroupFile file) {
        List<Rotation> rotations = new ArrayList<>();
        file.rotations()
                .forEach((quarter, work) -> rotations.add(new Rotation(
                        quarter, work.deputy(), work.hostOffice(), work.tasks(), work.status(), work.appraisal())));
        return rotations;
    }

    private static List<VenueRef> venues(GroupFile file, LocalDate day) {
        List<VenueRef> venues = new ArrayList<>();
        file.venues().forEach((id, states) -> {
            Venue last = null;
            for (Venue state : states) {
                if (!state.on().isAfter(day) && (last == null || !state.on().isBefore(last.on()))) {
                    last = state;
                }
            }
            if (last != null) {
                venues.add(new VenueRef(id, last.kind(), last.status(), last.on()));
            }
        });
        return venues;
    }

    private static List<Pilot> pilots(GroupFile file, LocalDate day) {
        return file.pilots().stream()
                .filter(pilot -> !pilot.from().isAfter(day))
                .map(pilot -> new Pilot(pilot.programme(), pilot.from()))
                .toList();
    }

    private static List<Appraisal> appraisals(GroupFile file) {
        List<Appraisal> appraisals = new ArrayList<>();
        file.appraisals().forEach((year, grade) -> appraisals.add(new Appraisal(year, grade)));
        return appraisals;
    }
}
