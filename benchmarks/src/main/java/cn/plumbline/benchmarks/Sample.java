package cn.plumbline.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An event's payload as all contenders store it: about 290 bytes of JSON, like one of the product's.
 *
 * @param effectiveFrom a date
 * @param groupId whose it is
 * @param kind a code
 * @param note a sentence
 * @param organId a constant
 * @param unitId the entity
 */
public record Sample(String effectiveFrom, String groupId, String kind, String note, String organId, String unitId) {

    /** How many events one entity has. */
    public static final int EVENTS_PER_ENTITY = 20;

    /** The event's name. */
    public static final String TYPE = "dispatch.UnitCoverageStarted";

    private static final String NOTE = "由于机构改革，本单位自该日起由该机构监督，原有监督关系同时终止。".repeat(2);

    /**
     * The payload of an event.
     *
     * @return the same for all events of an entity
     */
    public static Sample of(int writer, int entity) {
        return new Sample("2015-11-13", "G-" + writer % 64, "GROUPED", NOTE, "O-1", entity(writer, entity));
    }

    /**
     * An entity's id.
     *
     * @return unique
     */
    public static String entity(int writer, int entity) {
        return "U-" + writer + "-" + entity;
    }

    /**
     * Metadata of an event.
     *
     * @return of a command of its own
     */
    public static Map<String, String> metadata() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return Map.of("actor", "bench", "commandId", new UUID(random.nextLong(), random.nextLong()).toString());
    }

    /**
     * What the event is about, for contenders that have tags.
     *
     * @param metadata the event's
     * @return four tags, the last of which no other event has
     */
    public List<String> tags(Map<String, String> metadata) {
        return List.of(
                "unit:" + unitId, "group:" + groupId, "organ:" + organId, "command:" + metadata.get("commandId"));
    }

    /**
     * The payload as JSON, for contenders without a serializer of their own.
     *
     * @return canonical
     */
    public String json() {
        return "{\"effectiveFrom\":\"" + effectiveFrom + "\",\"groupId\":\"" + groupId + "\",\"kind\":\"" + kind
                + "\",\"note\":\"" + note + "\",\"organId\":\"" + organId + "\",\"unitId\":\"" + unitId + "\"}";
    }
}
