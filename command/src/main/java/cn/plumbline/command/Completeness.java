package cn.plumbline.command;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a record has every component that is not marked nullable, and says something in its texts. */
public final class Completeness {

    /** A record's components, looked up once: a new accessor is slow until it has been called often. */
    private static final ClassValue<List<Part>> PARTS = new ClassValue<>() {
        @Override
        protected List<Part> computeValue(Class<?> record) {
            return Arrays.stream(record.getRecordComponents()).map(Part::of).toList();
        }
    };

    private record Part(String name, Method accessor, boolean optional) {

        static Part of(RecordComponent component) {
            return new Part(
                    component.getName(),
                    component.getAccessor(),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class));
        }
    }

    private Completeness() {}

    /** What is missing, parts and lists of parts included; empty when nothing is. */
    public static List<FieldError> faults(Record record) {
        List<FieldError> faults = new ArrayList<>();
        collect(faults, "", record);
        return faults;
    }

    private static void collect(List<FieldError> faults, String pointer, Record record) {
        for (Part part : PARTS.get(record.getClass())) {
            collect(faults, pointer + "/" + part.name(), value(record, part.accessor()), part.optional());
        }
    }

    private static void collect(List<FieldError> faults, String pointer, @Nullable Object value, boolean optional) {
        switch (value) {
            case null -> {
                if (!optional) {
                    faults.add(new FieldError(pointer, "REQUIRED", "必填", "Required"));
                }
            }
            case String text -> {
                if (!optional && text.isBlank()) {
                    faults.add(new FieldError(pointer, "TOO_SHORT", "不能为空", "Must say something"));
                }
            }
            case Record part -> collect(faults, pointer, part);
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    collect(faults, pointer + "/" + i, list.get(i), false);
                }
            }
            default -> {}
        }
    }

    private static @Nullable Object value(Record record, Method accessor) {
        try {
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a record's component can be read: " + accessor, e);
        }
    }
}
