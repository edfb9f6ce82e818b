package cn.plumbline.journal.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.backend.Assert;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Cursor;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection whose stored documents never change, but are replaced. The superclass hands out the stored object itself
 * and updates it in place, so that a reply on its way to one client would change, or fail, under the update of another;
 * and so would a commit. Here every document leaves as a copy; an update changes the copy and then stores it.
 *
 * <p>Replies are cut at about 16 MiB of documents, as MongoDB does it; the superclass puts all matches into one message
 * and the driver refuses a message over 48 MB.
 *
 * <p>A document that is asked for by its id and more is found by its id. The superclass uses the index only for a query
 * of nothing but the id, so that every guarded replacement would read the whole collection.
 */
final class SnapshotCollection extends H2Collection {

    private static final String ID_FIELD = "_id";

    private static final int REPLY_BYTES = 16 * 1024 * 1024;

    private final MVMap<Object, Document> documents;

    SnapshotCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            MVMap<Object, Document> documents,
            MVMap<String, Object> meta,
            CursorRegistry cursors) {
        super(database, name, options, documents, meta, cursors);
        this.documents = documents;
    }

    /** Stores a document under its id, in the form in which {@link PrimaryKey} looks it up. */
    @Override
    protected Object addDocumentInternal(Document document) {
        if (getIdField() == null) {
            return super.addDocumentInternal(document);
        }
        Object position = PrimaryKey.position(document.get(getIdField()));
        Document previous = documents.put(position, document);
        Assert.isNull(previous, () -> getFullName() + " had a document under " + position);
        return position;
    }

    /** No: counting the bytes would encode every document once more, and only statistics show them. */
    @Override
    protected boolean tracksDataSize() {
        return false;
    }

    @Override
    protected QueryResult queryDocuments(
            Document query, Document orderBy, int skipped, int limit, int batchSize, Document fields) {
        Object id = idIn(query);
        if (id != null) {
            Document byId = new Document(ID_FIELD, id);
            for (Index<Object> index : getIndexes()) {
                if (index.canHandle(byId)) {
                    return matchDocuments(query, index.getPositions(byId), orderBy, skipped, limit, batchSize, fields);
                }
            }
        }
        return super.queryDocuments(query, orderBy, skipped, limit, batchSize, fields);
    }

    /** What every match must have as its id, or a condition on it; null where the query leaves it open. */
    private static @Nullable Object idIn(Document query) {
        Object id = query.get(ID_FIELD);
        if (id != null || !(query.get("$and") instanceof Collection<?> all)) {
            return id;
        }
        return all.stream()
                .filter(Document.class::isInstance)
                .map(part -> idIn((Document) part))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    protected QueryResult createQueryResult(List<Document> matches, int batchSize) {
        // Values need no copy: an update copies all of them deeply before it changes one.
        List<Document> copies = matches.stream().map(Document::clone).toList();
        int first = fitting(copies, batchSize);
        if (first == copies.size()) {
            return new QueryResult(copies);
        }
        Cursor cursor = createCursor(copies.subList(first, copies.size()));
        return new QueryResult(copies.subList(0, first), cursor);
    }

    @Override
    protected Cursor createCursor(List<Document> remaining) {
        Cursor cursor = new BoundedCursor(cursorRegistry.generateCursorId(), remaining);
        cursorRegistry.add(cursor);
        return cursor;
    }

    /** How many of the first documents one reply takes: at least one, where there is one. */
    private static int fitting(List<Document> documents, int batchSize) {
        int most = batchSize > 0 ? Math.min(batchSize, documents.size()) : documents.size();
        long bytes = 0;
        for (int count = 0; count < most; count++) {
            bytes += BsonDataType.memory(documents.get(count));
            if (bytes > REPLY_BYTES && count > 0) {
                return count;
            }
        }
        return most;
    }

    /** The rest of a result. One client asks at a time. */
    private static final class BoundedCursor extends AbstractCursor {

        private List<Document> remaining;

        BoundedCursor(long id, List<Document> remaining) {
            super(id);
            this.remaining = remaining;
        }

        @Override
        public synchronized boolean isEmpty() {
            return remaining.isEmpty();
        }

        @Override
        public synchronized List<Document> takeDocuments(int batchSize) {
            int count = fitting(remaining, batchSize);
            List<Document> taken = remaining.subList(0, count);
            remaining = remaining.subList(count, remaining.size());
            return taken;
        }
    }
}
