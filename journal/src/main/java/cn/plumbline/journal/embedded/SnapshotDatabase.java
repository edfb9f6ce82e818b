package cn.plumbline.journal.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** A database whose collections are {@link SnapshotCollection}s. */
abstract class SnapshotDatabase extends H2Database {

    /** The prefix of the name of a map that holds a collection's documents. */
    private static final String DOCUMENTS = "databases.";

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
        MVMap<String, Object> meta = mvStore().openMap(META + getFullCollectionNamespace(collectionName));
        return new SnapshotCollection(this, collectionName, options, documents(collectionName), meta, cursorRegistry);
    }

    @Override
    protected Index<Object> openOrCreateUniqueIndex(
            String collectionName, String indexName, List<IndexKey> keys, boolean sparse) {
        return indexName.equals(PrimaryKey.NAME)
                ? new PrimaryKey(documents(collectionName), keys)
                : super.openOrCreateUniqueIndex(collectionName, indexName, keys, sparse);
    }

    private MVMap<Object, Document> documents(String collectionName) {
        return mvStore()
                .openMap(
                        DOCUMENTS + getFullCollectionNamespace(collectionName),
                        new MVMap.Builder<Object, Document>().valueType(BsonDataType.INSTANCE));
    }
}
