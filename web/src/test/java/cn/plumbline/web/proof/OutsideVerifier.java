package cn.plumbline.web.proof;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * An auditor's verifier that shares no code with the product: written from docs/verification.md and RFC 9162, with Bouncy
 * Castle's Ed25519. Answers are whether something holds.
 */
public final class OutsideVerifier {

    private final String name;
    private final byte[] id;
    private final byte[] publicKey;

    /** Knows one verifier key. */
    public OutsideVerifier(String vkey) {
        String[] parts = vkey.strip().split("\\+", 3);
        name = parts[0];
        id = HexFormat.of().parseHex(parts[1]);
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        publicKey = Arrays.copyOfRange(typed, 1, 33);
        byte[] hash = sha256(bytes(name), new byte[] {'\n', 1}, publicKey);
        if (typed.length != 33 || typed[0] != 1 || !Arrays.equals(id, Arrays.copyOf(hash, 4))) {
            throw new AssertionError("not a verifier key: " + vkey);
        }
    }

    /** The head that a checkpoint states. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Head(String origin, long size, byte[] root) {}

    /** Whether the key signed the note. */
    public boolean signed(String note) {
        String text = note.substring(0, note.lastIndexOf("\n\n") + 1);
        for (String line : note.substring(text.length() + 1).strip().split("\n", -1)) {
            String[] words = line.split(" ", -1);
            byte[] signature = Base64.getDecoder().decode(words[2]);
            if (words[0].equals("—") && words[1].equals(name) && Arrays.equals(id, Arrays.copyOf(signature, 4))) {
                Ed25519Signer verifier = new Ed25519Signer();
                verifier.init(false, new Ed25519PublicKeyParameters(publicKey));
                verifier.update(bytes(text), 0, bytes(text).length);
                return verifier.verifySignature(Arrays.copyOfRange(signature, 4, signature.length));
            }
        }
        return false;
    }

    /** Reads a checkpoint. */
    public static Head head(String note) {
        String[] lines = note.split("\n", -1);
        return new Head(lines[0], Long.parseLong(lines[1]), Base64.getDecoder().decode(lines[2]));
    }

    /** The leaf of a record with its salt. */
    public static byte[] leaf(byte[] salt, String record) {
        return entryLeaf(bytes("plumbline/event/v1\n" + HexFormat.of().formatHex(sha256(salt, bytes(record)))));
    }

    /** The leaf of a log entry. */
    public static byte[] entryLeaf(byte[] entry) {
        return sha256(new byte[] {0}, entry);
    }

    /** The entries of a bundle. */
    public static List<byte[]> entries(byte[] bundle) {
        List<byte[]> entries = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(bundle);
        while (rest.hasRemaining()) {
            byte[] entry = new byte[rest.getShort() & 0xffff];
            rest.get(entry);
            entries.add(entry);
        }
        return entries;
    }

    /** The root over leaves, by definition. */
    public static byte[] root(List<byte[]> leaves) {
        int n = leaves.size();
        if (n <= 1) {
            return n == 0 ? sha256() : leaves.getFirst();
        }
        int k = Integer.highestOneBit(n - 1);
        return node(root(leaves.subList(0, k)), root(leaves.subList(k, n)));
    }

    /** Whether a tlog-proof, the signature of its checkpoint aside, holds for a leaf. */
    public static boolean included(String proof, byte[] leaf) {
        int blank = proof.indexOf("\n\n");
        List<String> lines = Arrays.asList(proof.substring(0, blank).split("\n", -1));
        Head head = head(proof.substring(blank + 2));
        if (!lines.getFirst().equals("c2sp.org/tlog-proof@v1") || !lines.get(1).startsWith("index ")) {
            return false;
        }
        long fn = Long.parseLong(lines.get(1).substring(6));
        long sn = head.size - 1;
        byte[] r = leaf;
        for (String line : lines.subList(2, lines.size())) {
            byte[] p = Base64.getDecoder().decode(line);
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                r = node(p, r);
                for (; (fn & 1) == 0 && fn != 0; fn >>= 1) {
                    sn >>= 1;
                }
            } else {
                r = node(r, p);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(r, head.root);
    }

    /** Whether the first head is the beginning of the second. */
    public static boolean consistent(Head first, Head second, List<byte[]> proof) {
        if (first.size == second.size || first.size == 0) {
            return proof.isEmpty() && (first.size == 0 || Arrays.equals(first.root, second.root));
        }
        List<byte[]> path = new ArrayList<>(proof);
        if (Long.bitCount(first.size) == 1) {
            path.addFirst(first.root);
        }
        long fn = first.size - 1;
        long sn = second.size - 1;
        for (; (fn & 1) == 1; fn >>= 1) {
            sn >>= 1;
        }
        byte[] fr = path.getFirst();
        byte[] sr = path.getFirst();
        for (byte[] c : path.subList(1, path.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = node(c, fr);
                sr = node(c, sr);
                for (; (fn & 1) == 0 && fn != 0; fn >>= 1) {
                    sn >>= 1;
                }
            } else {
                sr = node(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(fr, first.root) && Arrays.equals(sr, second.root);
    }

    private static byte[] node(byte[] left, byte[] right) {
        return sha256(new byte[] {1}, left, right);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** SHA-256 of the parts. */
    public static byte[] sha256(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
