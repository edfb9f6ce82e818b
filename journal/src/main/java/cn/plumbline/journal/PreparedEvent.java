package cn.plumbline.journal;

/**
 * An event made ready for a block, apart from its position.
 *
 * @param event what was given
 * @param timeMicros its own time, microseconds since 1970
 * @param tagHashes one per tag
 * @param frame what is stored
 * @param leafHash its leaf in the Merkle tree
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PreparedEvent(NewEvent event, long timeMicros, long[] tagHashes, byte[] frame, byte[] leafHash) {}
