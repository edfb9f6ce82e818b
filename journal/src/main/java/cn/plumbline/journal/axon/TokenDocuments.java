package cn.plumbline.journal.axon;

import com.mongodb.client.model.Filters;
import java.time.Clock;
import java.time.Duration;
import org.axonframework.messaging.eventhandling.processing.streaming.segmenting.Segment;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The document of one segment of one processor, {@code {_id: "processor/segment", processor, segment, mask, token,
 * owner, ts}}: owner is the node that claims it or null, ts the time, in milliseconds of the epoch, at which the owner
 * last said so. And the conditions on it, seen from one node.
 */
final class TokenDocuments {

    static final String OWNER = "owner";
    static final String TIMESTAMP = "ts";
    static final String TOKEN = "token";

    private static final String ID = "_id";
    private static final String PROCESSOR = "processor";
    private static final String SEGMENT = "segment";
    private static final String MASK = "mask";

    private final String node;
    private final Duration claimTimeout;
    private final Clock clock;

    TokenDocuments(String node, Duration claimTimeout, Clock clock) {
        this.node = node;
        this.claimTimeout = claimTimeout;
        this.clock = clock;
    }

    long now() {
        return clock.millis();
    }

    /** A new segment, claimed by nobody. */
    Document unclaimed(String processor, Segment segment, @Nullable TrackingToken token) {
        return new Document(ID, id(processor, segment.getSegmentId()))
                .append(PROCESSOR, processor)
                .append(SEGMENT, segment.getSegmentId())
                .append(MASK, segment.getMask())
                .append(TOKEN, TokenCodec.encode(token))
                .append(OWNER, null)
                .append(TIMESTAMP, now());
    }

    /** All segments of a processor. */
    static Bson ofProcessor(String processor) {
        return Filters.eq(PROCESSOR, processor);
    }

    /** The segment, whoever owns it. */
    static Bson ofSegment(String processor, int segment) {
        return Filters.eq(ID, id(processor, segment));
    }

    /** The segment, if this node owns it. */
    Bson owned(String processor, int segment) {
        return Filters.and(ofSegment(processor, segment), Filters.eq(OWNER, node));
    }

    /** The segment, if this node or nobody owns it. */
    Bson notOwnedByOthers(String processor, int segment) {
        return Filters.and(ofSegment(processor, segment), Filters.in(OWNER, node, null));
    }

    /** The segment, if this node may claim it: nobody else owns it, or has long been silent. */
    Bson claimable(String processor, int segment) {
        return Filters.and(
                ofSegment(processor, segment),
                Filters.or(Filters.in(OWNER, node, null), Filters.lt(TIMESTAMP, silentSince())));
    }

    boolean isClaimable(Document document) {
        String owner = document.getString(OWNER);
        return owner == null || owner.equals(node) || document.getLong(TIMESTAMP) < silentSince();
    }

    static Segment segment(Document document) {
        return new Segment(document.getInteger(SEGMENT), document.getInteger(MASK));
    }

    private long silentSince() {
        return now() - claimTimeout.toMillis();
    }

    private static String id(String processor, int segment) {
        return processor + "/" + segment;
    }
}
