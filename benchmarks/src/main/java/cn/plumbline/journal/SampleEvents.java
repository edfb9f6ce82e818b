package cn.plumbline.journal;

import cn.plumbline.benchmarks.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Events as the journal's contender appends them. */
final class SampleEvents {

    private SampleEvents() {}

    static Tag unit(int entity) {
        return new Tag("unit", Sample.entity(0, entity));
    }

    /** Under a command of its own. */
    static NewEvent event(int entity) {
        Sample sample = Sample.of(0, entity);
        String command = UUID.randomUUID().toString();
        return new NewEvent(
                command + ".1",
                Sample.TYPE,
                "1",
                Instant.now(),
                Set.of(
                        unit(entity),
                        new Tag("group", sample.groupId()),
                        new Tag("organ", sample.organId()),
                        new Tag("command", command)),
                Map.of("actor", "bench", "commandId", command),
                sample.json().getBytes(StandardCharsets.UTF_8));
    }
}
