package cn.plumbline.journal.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The server's commands on a {@link DurableStore}. A write to a durable collection is answered only when it is on the
 * disk; a read of one never shows a document before that, so that nobody acts on a block that a crash could still take
 * back (the writer itself, for one, who reads a block back after an answer got lost). Writes to other collections are
 * answered at once and reach the disk behind the durable ones, in order. Commands run on the caller's thread, which
 * therefore must be one that may block.
 */
final class DurableBackend extends H2Backend {

    /** MongoDB's own code for it. */
    private static final int OUT_OF_DISK_SPACE = 14031;

    /** What readers must not see yet: a document, or where the id is null, any of the collection. */
    private record Unsynced(
            String database, String collection, @Nullable Object id) {}

    private final DurableStore store;
    private final Predicate<String> durable;
    /** And how many writes are under way to it. */
    private final Map<Unsynced, Integer> unsynced = new ConcurrentHashMap<>();

    DurableBackend(DurableStore store, Predicate<String> durable) {
        super(store.mvStore());
        this.store = store;
        this.durable = durable;
    }

    /** Called by the constructor of the superclass too: uses nothing that is set later. */
    @Override
    protected MongoDatabase openOrCreateDatabase(String databaseName) {
        return SnapshotDatabase.open(databaseName, getMvStore(), getCursorRegistry());
    }

    @Override
    public Document handleCommand(Channel channel, String database, String name, Document command) {
        try {
            return handle(channel, database, name, command);
        } catch (MVStoreException failure) {
            throw store.isBroken()
                    ? new MongoServerError(OUT_OF_DISK_SPACE, "OutOfDiskSpace", DurableStore.UNWRITABLE, failure)
                    : failure;
        }
    }

    private Document handle(Channel channel, String database, String name, Document command) {
        CommandKind kind = CommandKind.of(name, command);
        String collection =
                command.get(name.equalsIgnoreCase("getMore") ? "collection" : name) instanceof String text ? text : "";
        if (kind == CommandKind.HANDSHAKE) {
            return super.handleCommand(channel, database, "ismaster", command);
        }
        if (kind != CommandKind.WRITE) {
            return read(channel, database, collection, name, command);
        }
        if (!isDurable(collection, name)) {
            return store.write(() -> super.handleCommand(channel, database, name, command));
        }
        List<Unsynced> written = written(database, collection, command);
        written.forEach(each -> unsynced.merge(each, 1, Integer::sum));
        store.wroteDurably();
        try {
            return store.write(() -> super.handleCommand(channel, database, name, command));
        } finally {
            // Also after a failure: a command may fail in the middle, and what it did before becomes durable too. Where
            // that fails, the documents stay unsynced, so that nobody takes what is in memory for what is stored.
            store.awaitDurable();
            written.forEach(each -> unsynced.computeIfPresent(each, (what, count) -> count == 1 ? null : count - 1));
            store.wroteDurably();
        }
    }

    private Document read(Channel channel, String database, String collection, String name, Document command) {
        Document reply = store.read(() -> super.handleCommand(channel, database, name, command));
        if (!unsynced.isEmpty() && shows(reply, database, collection, name)) {
            store.awaitDurable();
        }
        return reply;
    }

    private boolean isDurable(String collection, String name) {
        return durable.test(collection)
                || name.equalsIgnoreCase("dropDatabase")
                || name.equalsIgnoreCase("renameCollection");
    }

    private static List<Unsynced> written(String database, String collection, Document command) {
        if (!(command.get("documents") instanceof List<?> documents)) {
            return List.of(new Unsynced(database, collection, null));
        }
        return documents.stream()
                .map(document -> new Unsynced(database, collection, ((Document) document).get("_id")))
                .toList();
    }

    /** Whether the reply could rest on unsynced documents; where it does not list its documents, it counts as so. */
    private boolean shows(Document reply, String database, String collection, String name) {
        if (!durable.test(collection)) {
            return false;
        }
        if (unsynced.containsKey(new Unsynced(database, collection, null))) {
            return true;
        }
        Object batch = reply.get("cursor") instanceof Document cursor
                ? cursor.getOrDefault("firstBatch", cursor.get("nextBatch"))
                : null;
        return name.equalsIgnoreCase("aggregate")
                || !(batch instanceof List<?> documents)
                || documents.stream()
                        .map(document -> ((Document) document).get("_id"))
                        .anyMatch(id -> id == null || unsynced.containsKey(new Unsynced(database, collection, id)));
    }
}
