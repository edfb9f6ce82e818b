package cn.plumbline.benchmarks;

import cn.plumbline.journal.NewEvent;
import cn.plumbline.journal.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Events like those of the product: a payload of about 290 bytes of JSON, three shared tags, one of the command. */
final class Events {

    /** How many events one entity has. */
    static final int PER_ENTITY = 20;

    private static final String NOTE = "由于机构改革，本单位自该日起由该机构监督，原有监督关系同时终止。".repeat(2);

    private Events() {}

    /** The tag of an entity. */
    static Tag entity(int writer, int entity) {
        return new Tag("unit", "U-" + writer + "-" + entity);
    }

    /** The event of a writer's entity. */
    static NewEvent event(int writer, int entity) {
        String command = UUID.randomUUID().toString();
        Tag unit = entity(writer, entity);
        String group = "G-" + writer % 64;
        return new NewEvent(
                command + ".1",
                "dispatch.UnitCoverageStarted",
                "1",
                Instant.now(),
                Set.of(unit, new Tag("group", group), new Tag("organ", "O-1"), new Tag("command", command)),
                Map.of("actor", "bench", "commandId", command),
                payload(unit.value(), group));
    }

    /** The payload of an event. */
    static byte[] payload(String unit, String group) {
        return """
                {"effectiveFrom":"2015-11-13","groupId":"%s","kind":"GROUPED","note":"%s","organId":"O-1","unitId":"%s"}""".formatted(group, NOTE, unit).getBytes(StandardCharsets.UTF_8);
    }
}
