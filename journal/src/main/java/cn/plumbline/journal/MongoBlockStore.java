package cn.plumbline.journal;

import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.bson.BsonBinary;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonType;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.io.BasicOutputBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Blocks as documents of one collection, written and read as raw BSON: {@code _id} (number, from 1, gapless),
 * {@code first} (position of the first event), {@code count}, {@code at} (when recorded), {@code node} (who wrote it),
 * {@code format}, {@code data} (the frames), {@code root} (tree head after the block). They are found by {@code _id}
 * only, by equality or {@code $in}, which every server answers from its index.
 */
final class MongoBlockStore implements BlockStore {

    private static final int OUT_OF_DISK_SPACE = 14031;
    private static final int DOCUMENT_OVERHEAD_BYTES = 256;

    private final MongoCollection<RawBsonDocument> collection;
    private final Scheduler scheduler;

    private MongoBlockStore(MongoCollection<RawBsonDocument> collection, Scheduler scheduler) {
        this.collection = collection;
        this.scheduler = scheduler;
    }

    /**
     * Asks the server what it is. Where there are several members, a block counts as stored when a majority has it in
     * its own journal, and only such blocks are read, so that none is seen that an election could take back.
     */
    static Mono<MongoBlockStore> open(MongoDatabase database, String name, Scheduler scheduler) {
        return Mono.from(database.runCommand(new Document("isMaster", 1)))
                .subscribeOn(Schedulers.boundedElastic()) // finding the server, the driver waits for locks of its own
                .map(hello -> hello.containsKey("setName") || "isdbgrid".equals(hello.get("msg")))
                .map(replicated -> new MongoBlockStore(
                        database.getCollection(name, RawBsonDocument.class)
                                .withReadPreference(ReadPreference.primary())
                                .withReadConcern(replicated ? ReadConcern.MAJORITY : ReadConcern.DEFAULT)
                                .withWriteConcern(
                                        replicated ? WriteConcern.MAJORITY.withJournal(true) : WriteConcern.JOURNALED),
                        scheduler))
                .onErrorMap(MongoBlockStore::translate);
    }

    @Override
    public Mono<Void> insert(Block block) {
        return Mono.from(collection.insertOne(document(block)))
                .onErrorMap(MongoBlockStore::translate)
                .then();
    }

    @Override
    public Mono<List<Block>> find(List<Long> numbers) {
        return Flux.from(collection.find(Filters.in("_id", numbers)).batchSize(numbers.size() + 1))
                .map(MongoBlockStore::block)
                .collectSortedList(Comparator.comparingLong(Block::number))
                .onErrorMap(MongoBlockStore::translate)
                .publishOn(scheduler);
    }

    /** No type of the driver leaves this class, as a cause to be read in a log aside. */
    private static Throwable translate(Throwable failure) {
        boolean lasting = failure instanceof MongoException known && known.getCode() == OUT_OF_DISK_SPACE;
        return failure instanceof JournalException
                ? failure
                : new JournalUnavailable("The database failed: " + failure.getMessage(), failure, lasting);
    }

    private static RawBsonDocument document(Block block) {
        BasicOutputBuffer out = new BasicOutputBuffer(block.data().length + DOCUMENT_OVERHEAD_BYTES);
        try (BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            writer.writeStartDocument();
            writer.writeInt64("_id", block.number());
            writer.writeInt64("first", block.first());
            writer.writeInt32("count", block.count());
            writer.writeDateTime("at", block.at().toEpochMilli());
            writer.writeString("node", block.node());
            writer.writeInt32("format", Block.FORMAT);
            writer.writeBinaryData("data", new BsonBinary(block.data()));
            writer.writeBinaryData("root", new BsonBinary(block.root()));
            writer.writeEndDocument();
        }
        return new RawBsonDocument(out.getInternalBuffer(), 0, out.getPosition());
    }

    private static Block block(RawBsonDocument document) {
        long number = 0;
        long first = 0;
        int count = 0;
        int format = 0;
        Instant at = Instant.EPOCH;
        String node = "";
        byte[] data = {};
        byte[] root = {};
        try (BsonBinaryReader reader =
                new BsonBinaryReader(document.getByteBuffer().asNIO())) {
            reader.readStartDocument();
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                switch (reader.readName()) {
                    case "_id" -> number = reader.readInt64();
                    case "first" -> first = reader.readInt64();
                    case "count" -> count = reader.readInt32();
                    case "at" -> at = Instant.ofEpochMilli(reader.readDateTime());
                    case "node" -> node = reader.readString();
                    case "format" -> format = reader.readInt32();
                    case "data" -> data = reader.readBinaryData().getData();
                    case "root" -> root = reader.readBinaryData().getData();
                    default -> reader.skipValue();
                }
            }
        } catch (RuntimeException e) {
            throw new JournalCorrupted("A block's document is not one: " + e.getMessage(), e);
        }
        if (format != Block.FORMAT) {
            throw new JournalCorrupted("Block " + number + " has format " + format + ", which is not known here", null);
        }
        return Block.read(number, first, count, at, node, data, root);
    }
}
