package cn.plumbline.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The composite tags: names that must be unique within a scope, and the slots of a rotation. Names stand in them as
 * hashes, so that a tag is bounded in length and any text is allowed in a name.
 */
public final class NameTags {

    /** Half of a SHA-256 in hex: 128 bits, so that no two names of a jurisdiction ever share one. */
    private static final int HASH_DIGITS = 32;

    private NameTags() {}

    /** {@code unitname:<level>~<parent>~<hash>}: within one level and parent a name stands once. */
    public static Tag unitName(Level level, @Nullable UnitId parent, String name) {
        return new Tag("unitname", level + "~" + (parent == null ? "" : parent.value()) + "~" + hash(name));
    }

    /** {@code groupname:<organ>~<hash>}: among the unrevoked groups of an organ a name stands once. */
    public static Tag groupName(OrganId organ, String name) {
        return new Tag("groupname", organ.value() + "~" + hash(name));
    }

    /** {@code rotation:<group>~<quarter>}: a quarter of a group has one deputy. */
    public static Tag rotation(GroupId group, String quarter) {
        return new Tag("rotation", group.value() + "~" + quarter);
    }

    /** A name as it is compared: Unicode form NFKC, trimmed. */
    public static String comparable(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).strip();
    }

    private static String hash(String name) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(comparable(name).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
