package cn.plumbline.journal.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a command does to the data. A command that is not known as a reading one counts as writing: the safe side. */
enum CommandKind {
    /** Who are you: the only commands besides the authentication that a connection may send before it. */
    HANDSHAKE,
    /** A step of the authentication. */
    AUTHENTICATE,
    /** Changes no data. */
    READ,
    /** Changes data, collections or databases. */
    WRITE;

    private static final Set<String> HANDSHAKES = Set.of("ismaster", "hello");

    private static final Set<String> READS = Set.of(
            "find",
            "getmore",
            "killcursors",
            "count",
            "distinct",
            "listcollections",
            "listindexes",
            "listdatabases",
            "ping",
            "buildinfo",
            "hostinfo",
            "serverstatus",
            "connectionstatus",
            "dbstats",
            "collstats",
            "validate",
            "endsessions",
            "getlasterror");

    /** The kind of a command, by its name in any letter case and, for an aggregation, by its stages. */
    static CommandKind of(String name, Document command) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (HANDSHAKES.contains(lower)) {
            return HANDSHAKE;
        }
        if (lower.equals("saslstart") || lower.equals("saslcontinue")) {
            return AUTHENTICATE;
        }
        boolean reads = READS.contains(lower) || (lower.equals("aggregate") && onlyReads(command));
        return reads ? READ : WRITE;
    }

    private static boolean onlyReads(Document aggregation) {
        return aggregation.get("pipeline") instanceof List<?> stages
                && stages.stream()
                        .noneMatch(stage -> stage instanceof Document document
                                && (document.containsKey("$out") || document.containsKey("$merge")));
    }
}
