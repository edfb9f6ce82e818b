package cn.plumbline.web.boot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words behind a verb.
 *
 * @param options values by name
 * @param others words that are no options, in order
 */
record Arguments(Map<String, String> options, List<String> others) {

    /** What was typed cannot be understood. */
    static final class Misunderstood extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Misunderstood(String message) {
            super(message);
        }
    }

    /**
     * Takes the words apart.
     *
     * @param known the names of the options that the verb has
     */
    static Arguments parse(List<String> words, Set<String> known) {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (String word : words) {
            if (!word.startsWith("--")) {
                others.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            String name = word.substring(2, equals < 0 ? word.length() : equals);
            if (equals < 0 || !known.contains(name)) {
                throw new Misunderstood("未知选项 unknown option: " + word);
            }
            options.put(name, word.substring(equals + 1));
        }
        return new Arguments(options, others);
    }

    @Nullable
    String option(String name) {
        return options.get(name);
    }

    String option(String name, String absent) {
        return options.getOrDefault(name, absent);
    }

    String required(String name) {
        String value = options.get(name);
        if (value == null || value.isEmpty()) {
            throw new Misunderstood("缺少选项 missing option: --" + name + "=…");
        }
        return value;
    }
}
