package cn.plumbline.web.verify;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Iterator;

/** A Merkle tree (RFC 6962, SHA-256) to which leaves are added; only its root can be asked for. */
final class GrowingTree {

    private final MessageDigest sha256 = sha256();
    /** Roots of the full subtrees, the smallest first. */
    private final Deque<byte[]> peaks = new ArrayDeque<>();

    private long size;

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The leaf of a log entry. */
    static byte[] leaf(byte[] entry) {
        MessageDigest digest = sha256();
        digest.update((byte) 0);
        return digest.digest(entry);
    }

    long size() {
        return size;
    }

    void add(byte[] leaf) {
        byte[] node = leaf;
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            node = node(peaks.pop(), node);
        }
        peaks.push(node);
        size++;
    }

    String rootHex() {
        if (size == 0) {
            return HexFormat.of().formatHex(sha256.digest());
        }
        Iterator<byte[]> upwards = peaks.iterator();
        byte[] root = upwards.next();
        while (upwards.hasNext()) {
            root = node(upwards.next(), root);
        }
        return HexFormat.of().formatHex(root);
    }

    private byte[] node(byte[] left, byte[] right) {
        sha256.update((byte) 1);
        sha256.update(left);
        return sha256.digest(right);
    }
}
