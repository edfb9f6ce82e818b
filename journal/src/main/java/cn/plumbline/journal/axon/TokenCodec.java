package cn.plumbline.journal.axon;

import java.util.Objects;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.MergedTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.ReplayToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Tracking tokens as documents: {@code {type, …}}. Knows the tokens of the journal's own streams, and those that Axon
 * wraps around them for a replay and after a merge of segments. Anything else fails, in both directions: a token that
 * does not come back as it was would skip or repeat events in silence.
 */
final class TokenCodec {

    private static final String TYPE = "type";
    private static final String GLOBAL = "global";
    private static final String REPLAY = "replay";
    private static final String MERGED = "merged";

    private TokenCodec() {}

    /** @throws UnsupportedTokenException if the token could not be read back */
    static @Nullable Document encode(@Nullable TrackingToken token) {
        return switch (token) {
            case null -> null;
            case GlobalSequenceTrackingToken global ->
                new Document(TYPE, GLOBAL).append("index", global.getGlobalIndex());
            case ReplayToken replay -> encodeReplay(replay);
            case MergedTrackingToken merged ->
                new Document(TYPE, MERGED)
                        .append("lower", encode(merged.lowerSegmentToken()))
                        .append("upper", encode(merged.upperSegmentToken()));
            default ->
                throw new UnsupportedTokenException("No tracking token of this type is stored: "
                        + token.getClass().getName());
        };
    }

    /** @throws UnsupportedTokenException if the document is not one of {@link #encode} */
    static @Nullable TrackingToken decode(@Nullable Document document) {
        if (document == null) {
            return null;
        }
        return switch (Objects.requireNonNullElse(document.getString(TYPE), "")) {
            case GLOBAL -> new GlobalSequenceTrackingToken(document.getLong("index"));
            case REPLAY ->
                ReplayToken.createReplayToken(
                        decode(document.get("reset", Document.class)), decode(document.get("current", Document.class)));
            case MERGED ->
                MergedTrackingToken.merged(
                        decode(document.get("lower", Document.class)), decode(document.get("upper", Document.class)));
            default -> throw new UnsupportedTokenException("Not a stored tracking token: " + document.get(TYPE));
        };
    }

    private static Document encodeReplay(ReplayToken replay) {
        if (replay.context() != null) {
            throw new UnsupportedTokenException("A replay with a reset context cannot be stored");
        }
        return new Document(TYPE, REPLAY)
                .append("reset", encode(replay.getTokenAtReset()))
                .append("current", encode(replay.getCurrentToken()));
    }
}
