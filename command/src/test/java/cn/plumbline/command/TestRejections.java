package cn.plumbline.command;

import java.util.Locale;

/** How a rejection's code follows from the name of its record, said a second time. */
final class TestRejections {

    private TestRejections() {}

    static String code(Class<?> rejection) {
        StringBuilder code = new StringBuilder();
        for (char c : rejection.getSimpleName().toCharArray()) {
            if (Character.isUpperCase(c) && code.length() > 0) {
                code.append('_');
            }
            code.append(c);
        }
        return code.toString().toUpperCase(Locale.ROOT);
    }
}
