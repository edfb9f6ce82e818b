package cn.plumbline.journal;

import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;

/** Random JSON texts, with all the freedom of form that JSON leaves. */
final class RandomJson {

    private static final String[] FRAGMENTS = {
        "a",
        "Z",
        "7",
        "准绳",
        "é",
        "€",
        "😀",
        "\u0080",
        "\ufb33",
        "\\n",
        "\\u000f",
        "\\\"",
        "\\\\",
        "\\/",
        "\\u0041",
        "\\ud83d\\ude00",
        "/",
        " "
    };
    private static final String[] SPACES = {"", "", " ", "\n", "\t "};

    private RandomJson() {}

    static String value(Random random, int depth) {
        return space(random)
                + switch (random.nextInt(depth > 0 ? 8 : 6)) {
                    case 0 -> "null";
                    case 1 -> Boolean.toString(random.nextBoolean());
                    case 2 -> Integer.toString(random.nextInt());
                    case 3 -> number(random);
                    case 4, 5 -> string(random);
                    case 6 -> array(random, depth - 1);
                    default -> object(random, depth - 1);
                }
                + space(random);
    }

    private static String number(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Double.toString(random.nextGaussian());
            case 1 -> Double.toString(random.nextDouble() * Math.pow(10, random.nextInt(600) - 300));
            case 2 -> random.nextInt(1000) + "e" + (random.nextInt(40) - 20);
            default -> random.nextInt(1000) + ".0";
        };
    }

    private static String string(Random random) {
        StringBuilder text = new StringBuilder("\"");
        for (int left = random.nextInt(5); left > 0; left--) {
            text.append(FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
        }
        return text.append('"').toString();
    }

    private static String array(Random random, int depth) {
        StringBuilder text = new StringBuilder("[");
        for (int left = random.nextInt(4); left > 0; left--) {
            text.append(value(random, depth)).append(left > 1 ? "," : "");
        }
        return text.append(']').toString();
    }

    private static String object(Random random, int depth) {
        Set<String> names = new LinkedHashSet<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            // The number first keeps names apart that differ only in their escapes.
            names.add("\"" + random.nextInt(1_000_000) + string(random).substring(1));
        }
        StringBuilder text = new StringBuilder("{");
        String separator = "";
        for (String name : names) {
            text.append(separator)
                    .append(space(random))
                    .append(name)
                    .append(':')
                    .append(value(random, depth));
            separator = ",";
        }
        return text.append('}').toString();
    }

    private static String space(Random random) {
        return SPACES[random.nextInt(SPACES.length)];
    }
}
