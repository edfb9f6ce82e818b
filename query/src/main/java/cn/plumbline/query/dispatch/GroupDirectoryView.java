package cn.plumbline.query.dispatch;

import cn.plumbline.query.Documents;
import cn.plumbline.query.Projection;
import cn.plumbline.query.Table;
import cn.plumbline.query.View;
import cn.plumbline.query.ViewDefinition;
import cn.plumbline.query.ViewParameter;
import cn.plumbline.query.ViewRequest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The groups that are active on a day and the committees that carry a plaque then, with units, people and rooms
 * (派驻机构名录). Asked for one group, it shows it whatever its state.
 */
public final class GroupDirectoryView implements View {

    static final Projection PROJECTION = new Projection(
            "group_directory",
            1,
            List.of(Organs.TABLE, OrganGroups.TABLE, GroupFile.TABLE, Plaques.TABLE, UnitNames.TABLE));

    private static final ViewParameter ORGAN = new ViewParameter("organ", false, "派出机关", "Organ");
    private static final ViewParameter GROUP = new ViewParameter("group", false, "派驻机构", "Group");

    /**
     * The directory.
     *
     * @param groupCount active groups, on all pages
     * @param committeeCount committees with a plaque, on all pages
     * @param heads how many people head an active group
     * @param newHeads those of them who were new to it when they were appointed
     * @param vacancies active groups without a head
     * @param groups one page, after the committees
     * @param committees one page
     */
    public record GroupDirectory(
            int groupCount,
            int committeeCount,
            int heads,
            int newHeads,
            int vacancies,
            List<DirectoryEntry> groups,
            List<DirectoryEntry> committees) {}

    /** The figures of the directory. */
    public record DirectoryTotals(int groupCount, int committeeCount, int heads, int newHeads, int vacancies) {}

    /** The documents that an answer is made of. */
    private record Found(Map<String, GroupFile> groups, Map<String, Plaques> committees) {}

    GroupDirectoryView() {}

    @Override
    public ViewDefinition definition() {
        return new ViewDefinition(
                "group-directory",
                projection().version(),
                "派驻机构名录",
                "Group directory",
                List.of(ORGAN, GROUP),
                GroupDirectory.class,
                DirectoryEntry.class,
                true,
                true,
                true);
    }

    @Override
    public Projection projection() {
        return PROJECTION;
    }

    @Override
    public Mono<Answer> answer(Documents documents, ViewRequest request) {
        String organ = request.filter(ORGAN.name());
        String group = request.filter(GROUP.name());
        return found(documents, organ, group)
                .flatMap(
                        found -> unitNames(documents, found).map(names -> answer(found, names, request, organ, group)));
    }

    private static Mono<Found> found(Documents documents, @Nullable String organ, @Nullable String group) {
        if (group != null) {
            return documents.load(GroupFile.TABLE, List.of(group)).map(groups -> new Found(groups, Map.of()));
        }
        return organs(documents, organ)
                .flatMap(ids -> documents.load(OrganGroups.TABLE, ids))
                .flatMap(organs -> Mono.zip(
                        documents.load(GroupFile.TABLE, all(organs.values(), true)),
                        documents.load(Plaques.TABLE, all(organs.values(), false)),
                        Found::new));
    }

    private static Mono<Collection<String>> organs(Documents documents, @Nullable String organ) {
        return organ != null
                ? Mono.just(List.of(organ))
                : documents
                        .load(Organs.TABLE, List.of(Table.ALL))
                        .map(found -> found.values().stream()
                                .flatMap(organs -> organs.organs().keySet().stream())
                                .toList());
    }

    private static Set<String> all(Collection<OrganGroups> organs, boolean groups) {
        Set<String> ids = new HashSet<>();
        organs.forEach(organ -> ids.addAll(groups ? organ.groups() : organ.committees()));
        return ids;
    }

    private static Mono<Map<String, UnitNames>> unitNames(Documents documents, Found found) {
        Set<String> units = new HashSet<>();
        found.groups.values().forEach(group -> {
            units.addAll(group.units().keySet());
            if (group.founding() != null && group.founding().residentUnit() != null) {
                units.add(group.founding().residentUnit());
            }
        });
        found.committees.values().forEach(committee -> committee.units().forEach(unit -> units.add(unit.unit())));
        return documents.load(UnitNames.TABLE, units);
    }

    private static Answer answer(
            Found found,
            Map<String, UnitNames> names,
            ViewRequest request,
            @Nullable String organ,
            @Nullable String group) {
        LocalDate day = request.asOf();
        Map<String, DirectoryEntry> entries = new TreeMap<>();
        found.groups.forEach((id, file) -> {
            boolean wanted = file.founding() != null
                    && (organ == null || file.founding().organ().equals(organ))
                    && (file.activeOn(day) || id.equals(group));
            if (wanted) {
                DirectoryEntry entry = DirectoryEntry.of(id, file, names, day);
                entries.put(entry.key(), entry);
            }
        });
        found.committees.forEach((id, plaques) ->
                DirectoryEntry.of(id, plaques, organ, names, day).forEach(entry -> entries.put(entry.key(), entry)));
        List<DirectoryEntry> all = new ArrayList<>(entries.values());
        Page<DirectoryEntry> page = Page.of(all, request);
        DirectoryTotals totals = totals(all);
        GroupDirectory directory = new GroupDirectory(
                totals.groupCount,
                totals.committeeCount,
                totals.heads,
                totals.newHeads,
                totals.vacancies,
                page.rows().stream()
                        .filter(entry -> entry.type() == DirectoryEntry.Type.GROUP)
                        .toList(),
                page.rows().stream()
                        .filter(entry -> entry.type() == DirectoryEntry.Type.COMMITTEE)
                        .toList());
        return new Answer(directory, totals, page.rows(), page.next());
    }

    private static DirectoryTotals totals(List<DirectoryEntry> entries) {
        List<DirectoryEntry> active = entries.stream()
                .filter(entry ->
                        entry.type() == DirectoryEntry.Type.GROUP && entry.status() == DirectoryEntry.Status.ACTIVE)
                .toList();
        List<DirectoryEntry.Person> heads = active.stream()
                .map(DirectoryEntry::head)
                .filter(Objects::nonNull)
                .toList();
        return new DirectoryTotals(
                active.size(),
                (int) entries.stream()
                        .filter(entry -> entry.type() == DirectoryEntry.Type.COMMITTEE)
                        .count(),
                (int) heads.stream()
                        .map(DirectoryEntry.Person::personId)
                        .distinct()
                        .count(),
                (int) heads.stream().filter(DirectoryEntry.Person::isNew).count(),
                active.size() - heads.size());
    }
}
