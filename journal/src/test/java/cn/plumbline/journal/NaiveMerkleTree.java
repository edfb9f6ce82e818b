package cn.plumbline.journal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** The Merkle tree hash, word for word from the definition in RFC 6962, section 2.1. */
public final class NaiveMerkleTree {

    private NaiveMerkleTree() {}

    /** MTH over hashed leaves: split at the largest power of two smaller than n. */
    public static byte[] root(List<byte[]> leafHashes) {
        int n = leafHashes.size();
        if (n == 0) {
            return sha256(new byte[0]);
        }
        if (n == 1) {
            return leafHashes.getFirst();
        }
        int k = split(n);
        return sha256(new byte[] {1}, root(leafHashes.subList(0, k)), root(leafHashes.subList(k, n)));
    }

    /** PATH, word for word from section 2.1.1. */
    static List<byte[]> path(int m, List<byte[]> leafHashes) {
        int n = leafHashes.size();
        if (n == 1) {
            return List.of();
        }
        int k = split(n);
        return m < k
                ? plus(path(m, leafHashes.subList(0, k)), root(leafHashes.subList(k, n)))
                : plus(path(m - k, leafHashes.subList(k, n)), root(leafHashes.subList(0, k)));
    }

    /** SUBPROOF, word for word from section 2.1.2; PROOF(m, D[n]) = SUBPROOF(m, D[n], true). */
    static List<byte[]> subproof(int m, List<byte[]> leafHashes, boolean b) {
        int n = leafHashes.size();
        if (m == n) {
            return b ? List.of() : List.of(root(leafHashes));
        }
        int k = split(n);
        return m <= k
                ? plus(subproof(m, leafHashes.subList(0, k), b), root(leafHashes.subList(k, n)))
                : plus(subproof(m - k, leafHashes.subList(k, n), false), root(leafHashes.subList(0, k)));
    }

    private static int split(int n) {
        int k = 1;
        while (k * 2 < n) {
            k *= 2;
        }
        return k;
    }

    private static List<byte[]> plus(List<byte[]> hashes, byte[] hash) {
        List<byte[]> all = new ArrayList<>(hashes);
        all.add(hash);
        return all;
    }

    public static byte[] leafHash(byte[] entry) {
        return sha256(new byte[] {0}, entry);
    }

    public static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
