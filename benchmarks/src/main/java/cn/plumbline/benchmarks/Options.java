package cn.plumbline.benchmarks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command line: {@code --name=value}. */
record Options(List<String> arguments) {

    @Nullable
    String text(String name) {
        for (String argument : arguments) {
            if (argument.startsWith("--" + name + "=")) {
                return argument.substring(name.length() + 3);
            }
        }
        return null;
    }

    String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    String required(String name) {
        String value = text(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + "=… is missing");
        }
        return value;
    }

    int number(String name, int otherwise) {
        String value = text(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }
}
