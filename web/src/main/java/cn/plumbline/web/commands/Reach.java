package cn.plumbline.web.commands;

import cn.plumbline.events.NameTags;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a line's decision may read or change, judged from outside and on the safe side: two lines of which neither may
 * touch the other can be decided in any order.
 *
 * @param everything whether nothing can be told from the line, so that it stands alone
 * @param writes the ids and names in it
 * @param reads the organ in it, which such a command reads and never changes
 */
record Reach(boolean everything, Set<String> writes, Set<String> reads) {

    /**
     * Commands whose decisions depend on nothing but the records that their own ids name. Others ask further, such as
     * for the bases of the units of a group.
     */
    private static final Set<String> SELF_CONTAINED =
            Set.of("RegisterUnit", "ImportLegacyCoverage", "EstablishDispatchGroup", "AppointGroupMember");

    static Reach of(LineCommand command) {
        if (!SELF_CONTAINED.contains(command.definition().name())) {
            return everywhere();
        }
        Reach reach = new Reach(false, new HashSet<>(), new HashSet<>());
        JsonNode properties = command.definition().schema().path("properties");
        command.data().properties().forEach(field -> reach.add(properties.path(field.getKey()), field.getValue()));
        String name = command.data().path("name").asString("");
        if (!name.isEmpty()) {
            reach.writes.add("name:" + NameTags.comparable(name));
        }
        return reach;
    }

    static Reach everywhere() {
        return new Reach(true, Set.of(), Set.of());
    }

    /** Whether one may change what the other depends on. */
    boolean touches(Reach other) {
        return everything
                || other.everything
                || meet(writes, other.writes)
                || meet(writes, other.reads)
                || meet(reads, other.writes);
    }

    private void add(JsonNode schema, JsonNode value) {
        if (value.isArray()) {
            value.forEach(element -> add(schema.path("items"), element));
        } else if (schema instanceof ObjectNode && schema.has("x-id") && value.isString()) {
            String kind = schema.get("x-id").asString();
            (kind.equals("organ") ? reads : writes).add(kind + ":" + value.asString());
        }
    }

    private static boolean meet(Set<String> one, Set<String> other) {
        return one.stream().anyMatch(other::contains);
    }
}
