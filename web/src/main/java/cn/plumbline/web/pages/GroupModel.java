package cn.plumbline.web.pages;

import cn.plumbline.events.CoverageRole;
import cn.plumbline.events.GroupKind;
import cn.plumbline.events.MemberTitle;
import cn.plumbline.events.VenueKind;
import cn.plumbline.events.VenueStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The group directory and one group as the pages show them: the view's answer in the words of a language. Pure. */
final class GroupModel {

    /** The status of a group that does not exist yet on the day. */
    private static final String PLANNED = "PLANNED";

    private GroupModel() {}

    /**
     * The directory of a day.
     *
     * @param groups how many there are
     * @param committees how many there are
     * @param list the groups on this page
     * @param plaques the committees on this page
     */
    public record Directory(
            int groups,
            int committees,
            int heads,
            int newHeads,
            int vacancies,
            Slice<Entry> list,
            List<Committee> plaques) {}

    /**
     * A group in the list.
     *
     * @param head the head's id, null in a vacancy
     */
    public record Entry(
            String id,
            String name,
            String kind,
            String resident,
            List<String> units,
            @Nullable String head,
            boolean headIsNew,
            int fullTime,
            int partTime) {}

    /** A committee with a plaque, its units in one line. */
    public record Committee(String id, String plaque, String units) {}

    /**
     * A group's page.
     *
     * @param notBefore the day on which it came into being where the day asked for lies before it, and there is nothing
     *     else to show; null else
     */
    public record Group(
            String id,
            String name,
            String kind,
            String asOf,
            @Nullable String notBefore,
            boolean vacant,
            List<Fact> facts,
            List<Person> people,
            List<Unit> units,
            List<Block> blocks) {}

    /** A fact with the key of its label. */
    public record Fact(String label, String value) {}

    /** A member. */
    public record Person(String id, String title, String time, String from, boolean isNew) {}

    /** A covered unit. */
    public record Unit(String id, String name, String role, String from) {}

    /** A list of its own, such as rotations, with the key of its title. */
    public record Block(String name, List<Row> rows) {}

    /** A line of a list, both parts in words. */
    public record Row(String label, String value) {}

    static Directory directory(JsonNode answer, boolean begins, Texts texts) {
        List<Entry> groups = new ArrayList<>();
        answer.path("groups").forEach(group -> groups.add(entry(group, texts)));
        List<Committee> committees = new ArrayList<>();
        answer.path("committees")
                .forEach(committee -> committees.add(new Committee(
                        text(committee, "id"),
                        text(committee, "name"),
                        String.join(texts.pick("、", ", "), names(committee)))));
        JsonNode next = answer.path("next");
        return new Directory(
                answer.path("groupCount").asInt(0),
                answer.path("committeeCount").asInt(0),
                answer.path("heads").asInt(0),
                answer.path("newHeads").asInt(0),
                answer.path("vacancies").asInt(0),
                new Slice<>(groups, next.isString() ? next.asString() : null, begins),
                committees);
    }

    private static Entry entry(JsonNode group, Texts texts) {
        JsonNode head = group.path("head");
        return new Entry(
                text(group, "id"),
                text(group, "name"),
                texts.label(GroupKind.class, text(group, "kind")),
                group.path("residentUnit").path("name").asString("—"),
                names(group),
                head.isMissingNode() ? null : text(head, "personId"),
                head.path("isNew").asBoolean(false),
                group.path("fullTime").asInt(0),
                group.path("partTime").asInt(0));
    }

    private static List<String> names(JsonNode group) {
        return group.path("units").valueStream().map(unit -> text(unit, "name")).toList();
    }

    /** The page of one group. */
    static Group group(JsonNode group, String asOf, Names names, Texts texts) {
        if (text(group, "status").equals(PLANNED)) {
            return new Group(
                    text(group, "id"),
                    text(group, "name"),
                    texts.label(GroupKind.class, text(group, "kind")),
                    asOf,
                    text(group, "from"),
                    false,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());
        }
        List<Fact> facts = facts(group, names, texts);
        List<Block> blocks = new ArrayList<>();
        for (Block block : blocks(group, texts)) {
            if (block.rows().isEmpty()) {
                facts.add(new Fact("group." + block.name(), texts.text("none")));
            } else {
                blocks.add(block);
            }
        }
        return new Group(
                text(group, "id"),
                text(group, "name"),
                texts.label(GroupKind.class, text(group, "kind")),
                asOf,
                null,
                group.path("vacancy").asBoolean(false),
                facts,
                people(group, texts),
                units(group, texts),
                blocks);
    }

    private static List<Fact> facts(JsonNode group, Names names, Texts texts) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "group.organ", names.of("organ:" + text(group, "organId")).name()));
        facts.add(new Fact("group.kind", texts.label(GroupKind.class, text(group, "kind"))));
        facts.add(new Fact(
                "group.resident", group.path("residentUnit").path("name").asString("—")));
        facts.add(new Fact("group.from", text(group, "from")));
        if (group.has("to")) {
            facts.add(new Fact("group.to", text(group, "to")));
        }
        facts.add(new Fact(
                "groups.staff",
                group.path("fullTime").asInt(0) + " / " + group.path("partTime").asInt(0)));
        return facts;
    }

    private static List<Person> people(JsonNode group, Texts texts) {
        List<JsonNode> people = new ArrayList<>();
        if (group.has("head")) {
            people.add(group.path("head"));
        }
        group.path("deputies").forEach(people::add);
        for (MemberTitle title : MemberTitle.values()) {
            group.path("staff").path(title.name()).forEach(people::add);
        }
        return people.stream().map(person -> person(person, texts)).toList();
    }

    private static Person person(JsonNode person, Texts texts) {
        String post = text(person, "concurrentPost");
        String time = texts.text(person.path("fullTime").asBoolean(false) ? "full.time" : "part.time");
        return new Person(
                text(person, "personId"),
                texts.label(MemberTitle.class, text(person, "title")),
                post.isEmpty() ? time : time + texts.pick("（" + post + "）", " (" + post + ")"),
                text(person, "from"),
                person.path("isNew").asBoolean(false));
    }

    private static List<Unit> units(JsonNode group, Texts texts) {
        return group.path("units")
                .valueStream()
                .map(unit -> new Unit(
                        text(unit, "unitId"),
                        text(unit, "name"),
                        texts.label(CoverageRole.class, text(unit, "role")),
                        text(unit, "from")))
                .toList();
    }

    private static List<Block> blocks(JsonNode group, Texts texts) {
        return List.of(
                new Block("rotation", rows(group, "rotations", row -> rotation(row, texts))),
                new Block("venues", rows(group, "venues", row -> venue(row, texts))),
                new Block("pilots", rows(group, "pilots", row -> new Row(text(row, "programme"), text(row, "from")))),
                new Block(
                        "appraisals",
                        rows(group, "appraisals", row -> new Row(text(row, "year"), text(row, "grade")))));
    }

    private static List<Row> rows(JsonNode group, String field, Function<JsonNode, Row> row) {
        return group.path(field).valueStream().map(row).toList();
    }

    private static Row rotation(JsonNode row, Texts texts) {
        String status = text(row, "status");
        String words = switch (status) {
            case "ASSIGNED" -> texts.pick("已安排", "assigned");
            case "COMPLETED" -> texts.pick("已完成", "completed");
            case "RELEASED" -> texts.pick("已解除", "released");
            default -> status;
        };
        return new Row(text(row, "quarter"), joined(text(row, "deputyId"), text(row, "hostOffice"), words));
    }

    private static Row venue(JsonNode row, Texts texts) {
        return new Row(
                text(row, "venueId"),
                joined(
                        texts.label(VenueKind.class, text(row, "kind")),
                        texts.label(VenueStatus.class, text(row, "status")),
                        text(row, "on")));
    }

    private static String joined(String... parts) {
        return Arrays.stream(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(" · "));
    }

    private static String text(JsonNode row, String field) {
        return row.path(field).asString("");
    }
}
