package cn.plumbline.journal;

import java.util.HexFormat;

/**
 * The Merkle tree (RFC 6962, SHA-256) over the first events of a journal.
 *
 * @param size number of events; equals the position of the last of them
 * @param rootHex root hash, 64 lower-case hexadecimal digits
 */
public record TreeHead(long size, String rootHex) {

    static TreeHead of(long size, byte[] root) {
        return new TreeHead(size, HexFormat.of().formatHex(root));
    }

    /**
     * The root hash.
     *
     * @return 32 bytes
     */
    public byte[] root() {
        return HexFormat.of().parseHex(rootHex);
    }
}
