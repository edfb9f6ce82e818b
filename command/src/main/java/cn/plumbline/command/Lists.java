package cn.plumbline.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a list in a body must be: not empty, without repeats, bounded. */
public final class Lists {

    /** The most elements; the schema says the same. */
    private static final int ITEMS_MAX = 2_000;

    private Lists() {}

    /** The faults of a list at a place in the body. */
    public static List<FieldError> faults(String pointer, List<?> list) {
        List<FieldError> faults = new ArrayList<>();
        if (list.isEmpty()) {
            faults.add(new FieldError(pointer, "TOO_FEW", "至少一项", "At least one"));
        }
        if (list.size() > ITEMS_MAX) {
            faults.add(new FieldError(pointer, "TOO_MANY", "最多" + ITEMS_MAX + "项", "At most " + ITEMS_MAX));
        }
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            if (!seen.add(list.get(i))) {
                faults.add(new FieldError(pointer + "/" + i, "REPEATED", "重复", "Repeated"));
            }
        }
        return faults;
    }
}
