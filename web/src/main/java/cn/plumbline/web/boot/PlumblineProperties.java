package cn.plumbline.web.boot;

import cn.plumbline.web.notes.KeyName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The product's own settings, {@code plumbline.*}.
 *
 * @param dataDir the directory of the embedded database, of the keys, and of the journals' index files
 * @param zone whose date is "today"
 * @param node names this process among those that share a database; empty for one made of machine and port
 * @param keepIndex whether a start goes on from the journals' index files, instead of reading and verifying all of both
 */
@ConfigurationProperties("plumbline")
record PlumblineProperties(
        @DefaultValue(PlumblineProperties.DATA_DIR) Path dataDir,
        @DefaultValue("Asia/Shanghai") ZoneId zone,
        @DefaultValue("") String node,
        @DefaultValue("true") boolean keepIndex,
        @DefaultValue Mongodb mongodb,
        @DefaultValue Views views,
        @DefaultValue Proof proof) {

    static final String DATA_DIR = "data";
    /** Where the keys stand beside the data. */
    static final String KEYS = "keys";

    private static final String CACHE = "cache";

    static final String DATABASE = "plumbline";

    /** Names no real address, and so nobody else's journal. */
    static final String ORIGIN = "plumbline.invalid/journals/journal";

    /**
     * Where the data stands.
     *
     * @param uri of a MongoDB; absent for the embedded database
     * @param secretFile the file in which the password stands that the URI lacks
     * @param database its name
     * @param inMemory embedded, but gone at the end; for trials
     */
    record Mongodb(
            @Nullable String uri,
            @Nullable Path secretFile,
            @DefaultValue(PlumblineProperties.DATABASE) String database,
            @DefaultValue("false") boolean inMemory) {}

    /**
     * How the views are fed.
     *
     * @param claimTimeout how long the process that feeds a view may be silent before another one takes over; the clocks
     *     of all processes agree to well below it
     */
    record Views(@DefaultValue("10s") Duration claimTimeout) {

        private static final Duration SHORTEST = Duration.ofSeconds(1);

        Views {
            if (claimTimeout.compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException(
                        "plumbline.views.claim-timeout 至少为 1s is at least 1s: " + claimTimeout);
            }
        }

        static Views usual() {
            return new Views(Duration.ofSeconds(10));
        }
    }

    /**
     * How the history is signed.
     *
     * @param keyFile files of the keys, newest first, where they do not stand beside the data
     * @param origin names the journal in its checkpoints; best the address under which the world reaches it, without
     *     the scheme, such as {@code records.example.gov.cn}
     */
    record Proof(
            @DefaultValue List<Path> keyFile,

            @DefaultValue(PlumblineProperties.ORIGIN) String origin) {

        Proof {
            if (!KeyName.isValid(origin)) {
                throw new IllegalArgumentException(
                        "plumbline.proof.origin 不得为空，不得含空格或加号 is not empty and has neither spaces nor plus signs");
            }
        }
    }

    /** Whether everything is gone at the end, so that nothing is to be put into the data directory. */
    boolean passes() {
        return mongodb.uri() == null && mongodb.inMemory();
    }

    /** Where things stand that are made again if they are missing. */
    Path cacheDirectory() {
        return dataDir.resolve(CACHE);
    }

    /** Where keys stand that nobody gave. */
    Path keyDirectory() {
        return dataDir.resolve(KEYS);
    }
}
