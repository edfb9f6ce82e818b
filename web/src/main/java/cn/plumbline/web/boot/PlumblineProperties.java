package cn.plumbline.web.boot;

import java.nio.file.Path;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The product's own settings, {@code plumbline.*}.
 *
 * @param dataDir the directory of the embedded database
 * @param zone whose date is "today"
 * @param node names this process among those that share a database; empty for a name of its own
 */
@ConfigurationProperties("plumbline")
record PlumblineProperties(
        @DefaultValue("data") Path dataDir,
        @DefaultValue("Asia/Shanghai") ZoneId zone,
        @DefaultValue("") String node,
        @DefaultValue Mongodb mongodb) {

    /**
     * Where the data stands.
     *
     * @param uri of a MongoDB; absent for the embedded database
     * @param database its name
     * @param inMemory embedded, but gone at the end; for trials
     */
    record Mongodb(
            @Nullable String uri,
            @DefaultValue("plumbline") String database,
            @DefaultValue("false") boolean inMemory) {}

    /**
     * The name of this process. The embedded database has one process at a time, whose name stays the same, so that
     * after a crash it takes up its own claims at once and drops its own leftovers.
     */
    String nodeName() {
        if (!node.isEmpty()) {
            return node;
        }
        return mongodb.uri() == null
                ? "embedded"
                : "node-" + ProcessHandle.current().pid();
    }
}
