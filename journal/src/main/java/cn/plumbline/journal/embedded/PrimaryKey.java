package cn.plumbline.journal.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The index of ids, which is the map of the documents itself: they are stored under their ids. So an insert is one
 * write to one map, and no tear can come between a document and its entry.
 */
final class PrimaryKey extends AbstractUniqueIndex<Object> {

    /** Its name in every collection. */
    static final String NAME = "_id_";

    private final MVMap<Object, Document> documents;

    PrimaryKey(MVMap<Object, Document> documents, List<IndexKey> keys) {
        super(NAME, keys, false);
        this.documents = documents;
    }

    /** Under what a document with this id is stored: ids that MongoDB holds to be equal, as 1 and 1.0, are so here. */
    static Object position(@Nullable Object id) {
        return position(new KeyValue(id).normalized());
    }

    private static Object position(KeyValue normalized) {
        return Missing.ofNullable(normalized.get(0));
    }

    @Override
    protected @Nullable Object getPosition(KeyValue key) {
        Object position = position(key);
        return documents.containsKey(position) ? position : null;
    }

    /** Nothing is to be added: the collection has stored the document, after it asked whether the id is free. */
    @Override
    public void add(Document document, Object position, MongoCollection<Object> collection) {}

    @Override
    protected boolean putKeyPosition(KeyValue key, Object position) {
        throw new UnsupportedOperationException("the document is its own entry");
    }

    /** Says what to remove; the collection does it next. */
    @Override
    protected @Nullable Object removeDocument(KeyValue key) {
        return getPosition(key);
    }

    @Override
    protected Iterable<Map.Entry<KeyValue, Object>> getIterable() {
        return () -> documents.keySet().stream()
                .map(position -> Map.entry(new KeyValue(position), position))
                .iterator();
    }

    @Override
    public long getCount() {
        return documents.sizeAsLong();
    }

    @Override
    public boolean isEmpty() {
        return documents.isEmpty();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }
}
