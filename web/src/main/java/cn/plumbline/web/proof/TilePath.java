package cn.plumbline.web.proof;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which tile or bundle a path of C2SP tlog-tiles names, such as {@code 0/x001/x234/067.p/8}.
 *
 * @param level of the tile; -1 for a bundle of entries
 */
record TilePath(int level, long index, int width) {

    /** What stands for the level of bundles. */
    static final int ENTRIES = -1;

    private static final int FULL = 256;
    private static final int LEVEL_MAX = 63;
    /** Five groups of digits hold more than there are tiles in any journal. */
    private static final Pattern PATH =
            Pattern.compile("(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,4}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    /** The tile, or null where the path names none. */
    static @Nullable TilePath parse(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches() || matcher.group(2).startsWith("x000")) {
            return null;
        }
        int level = matcher.group(1).equals("entries") ? ENTRIES : Integer.parseInt(matcher.group(1));
        int width = matcher.group(3) == null ? FULL : Integer.parseInt(matcher.group(3));
        boolean partial = matcher.group(3) != null;
        if (level > LEVEL_MAX || width > FULL || (partial && width == FULL)) {
            return null;
        }
        return new TilePath(level, Long.parseLong(matcher.group(2).replaceAll("[x/]", "")), width);
    }
}
