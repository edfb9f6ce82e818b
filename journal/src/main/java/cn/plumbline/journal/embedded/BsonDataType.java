package cn.plumbline.journal.embedded;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Collection;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * How a document stands in the file: as the BSON in which it came. The store's own way, Java's serialization, takes
 * several times the bytes and most of the time of a commit.
 */
final class BsonDataType extends BasicDataType<Document> {

    static final BsonDataType INSTANCE = new BsonDataType();

    private static final int SMALL = 512;

    /** An object with its reference. */
    private static final int VALUE_BYTES = 24;

    private BsonDataType() {}

    @Override
    public void write(WriteBuffer out, Document document) {
        ByteBuf bson = Unpooled.buffer(SMALL);
        BsonEncoder.encodeDocument(document, bson);
        out.put(bson.array(), bson.arrayOffset(), bson.readableBytes());
    }

    @Override
    public Document read(ByteBuffer in) {
        ByteBuf bson = Unpooled.wrappedBuffer(in);
        Document document = BsonDecoder.decodeBson(bson);
        in.position(in.position() + bson.readerIndex());
        return document;
    }

    @Override
    public int getMemory(Document document) {
        return (int) Math.min(Integer.MAX_VALUE, memory(document));
    }

    /** No: documents of one collection may be of very different sizes. */
    @Override
    public boolean isMemoryEstimationAllowed() {
        return false;
    }

    @Override
    public Document[] createStorage(int size) {
        return new Document[size];
    }

    /** The bytes that a value takes in memory, near enough: a character counts as three, which is also its BSON. */
    static long memory(Object value) {
        return switch (value) {
            case Document document ->
                VALUE_BYTES
                        + document.values().stream()
                                .mapToLong(BsonDataType::memory)
                                .sum();
            case Collection<?> items ->
                VALUE_BYTES + items.stream().mapToLong(BsonDataType::memory).sum();
            case BinData binary -> VALUE_BYTES + binary.getData().length;
            case String text -> VALUE_BYTES + 3L * text.length();
            case null, default -> VALUE_BYTES;
        };
    }
}
