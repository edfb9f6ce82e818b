package cn.plumbline.command;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a record has every component that is not marked nullable, and says something in its texts. */
public final class Completeness {

    private Completeness() {}

    /** What is missing, parts and lists of parts included; empty when nothing is. */
    public static List<FieldError> faults(Record record) {
        List<FieldError> faults = new ArrayList<>();
        collect(faults, "", record);
        return faults;
    }

    private static void collect(List<FieldError> faults, String pointer, Record record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            collect(faults, pointer + "/" + component.getName(), value(record, component), optional);
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

    private static @Nullable Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a record's component can be read: " + component, e);
        }
    }
}
