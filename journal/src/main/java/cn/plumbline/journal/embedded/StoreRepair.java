package cn.plumbline.journal.embedded;

import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mends torn writes at open. An insert is two map writes, the document and its entry in the index of ids, and a file
 * may end between them: one written by a version or a tool that commits by timer, or after a command that failed in the
 * middle. The collection would then be stuck, for the id is neither found nor free.
 *
 * <p>A document without an entry gets its entry. The other way out, removing it, would be as legal, because the write
 * was never acknowledged; but whoever reads it back afterwards finds it whole (one document is one map value, which the
 * file holds or does not hold), and a store whose first duty is to lose nothing should not delete what it found. An
 * entry without a document is removed: there is nothing that it could point to.
 *
 * <p>A single tear shows in the sizes of the two maps, or at the last document; only then is the whole collection
 * compared, so a sound file of any size opens without a scan.
 */
final class StoreRepair {

    /** The name of the index of ids. */
    static final String PRIMARY_KEY = "_id_";

    private static final Logger log = LoggerFactory.getLogger(StoreRepair.class);

    private final MVStore store;
    private final DurableBackend backend;

    StoreRepair(MVStore store, DurableBackend backend) {
        this.store = store;
        this.backend = backend;
    }

    /** Checks every collection, mends what is torn, and returns how many entries it added or removed. */
    int run() {
        int mended = 0;
        for (String map : List.copyOf(store.getMapNames())) {
            if (map.startsWith(SnapshotDatabase.DOCUMENTS)) {
                mended += check(map.substring(SnapshotDatabase.DOCUMENTS.length()));
            }
        }
        return mended;
    }

    private int check(String fullName) {
        int dot = fullName.indexOf('.');
        String name = fullName.substring(dot + 1);
        SnapshotDatabase database = (SnapshotDatabase) backend.resolveDatabase(fullName.substring(0, dot));
        if (name.startsWith("system.")
                || !(database.resolveCollection(name, false) instanceof SnapshotCollection collection)) {
            return 0;
        }
        if (primaryKey(collection).isEmpty()) {
            database.createPrimaryKey(name);
        }
        MVMap<Object, Document> documents = store.openMap(SnapshotDatabase.DOCUMENTS + fullName);
        MVMap<KeyValue, Object> entries = store.openMap(fullName + "._index_" + PRIMARY_KEY);
        if (isSound(documents, entries, primaryKey(collection).orElseThrow())) {
            return 0;
        }
        int added = addMissingEntries(collection, documents);
        int removed = removeDanglingEntries(documents, entries);
        log.warn(
                "已修复集合 {} 中写入一半的数据 / Mended torn writes in collection {}: {} index entries added, {} removed",
                fullName,
                fullName,
                added,
                removed);
        return added + removed;
    }

    private static boolean isSound(
            MVMap<Object, Document> documents, MVMap<KeyValue, Object> entries, Index<Object> primaryKey) {
        if (documents.sizeAsLong() != entries.sizeAsLong()) {
            return false;
        }
        Object last = documents.lastKey();
        return last == null || primaryKey.getPosition(documents.get(last)) != null;
    }

    private static Optional<Index<Object>> primaryKey(H2Collection collection) {
        return collection.getIndexes().stream()
                .filter(index -> index.getName().equals(PRIMARY_KEY))
                .findFirst();
    }

    private static int addMissingEntries(H2Collection collection, MVMap<Object, Document> documents) {
        int added = 0;
        for (Map.Entry<Object, Document> stored : documents.entrySet()) {
            for (Index<Object> index : collection.getIndexes()) {
                if (index.getPosition(stored.getValue()) == null) {
                    index.add(stored.getValue(), stored.getKey(), collection);
                    added++;
                }
            }
        }
        return added;
    }

    private static int removeDanglingEntries(MVMap<Object, Document> documents, MVMap<KeyValue, Object> entries) {
        List<KeyValue> dangling = entries.entrySet().stream()
                .filter(entry -> !documents.containsKey(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        dangling.forEach(entries::remove);
        return dangling.size();
    }
}
