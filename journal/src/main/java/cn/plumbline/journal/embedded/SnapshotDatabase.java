package cn.plumbline.journal.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** A database whose collections are {@link SnapshotCollection}s. */
abstract class SnapshotDatabase extends H2Database {

    /** The prefix of the name of a map that holds a collection's documents. */
    static final String DOCUMENTS = "databases.";

    private static final String META = "meta.";

    private SnapshotDatabase(String name, MVStore store, CursorRegistry cursors) {
        super(name, store, cursors);
    }

    /** Opens the database with all of its collections, or makes an empty one. */
    static SnapshotDatabase open(String name, MVStore store, CursorRegistry cursors) {
        return new SnapshotDatabase(name, store, cursors) {
            @Override
            MVStore mvStore() {
                return store;
            }
        };
    }

    /** The store. A captured variable and not a field, because the constructor of the superclass already asks. */
    abstract MVStore mvStore();

    @Override
    protected MongoCollection<Object> openOrCreateCollection(String collectionName, CollectionOptions options) {
        String fullName = getFullCollectionNamespace(collectionName);
        MVMap<Object, Document> documents = mvStore().openMap(DOCUMENTS + fullName);
        MVMap<String, Object> meta = mvStore().openMap(META + fullName);
        return new SnapshotCollection(this, collectionName, options, documents, meta, cursorRegistry);
    }

    /** Makes the index of the ids of a collection that lacks it, from the documents. */
    void createPrimaryKey(String collectionName) {
        addIndex(new Document("key", new Document("_id", 1))
                .append("name", StoreRepair.PRIMARY_KEY)
                .append("ns", getFullCollectionNamespace(collectionName)));
    }
}
