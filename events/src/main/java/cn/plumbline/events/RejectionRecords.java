package cn.plumbline.events;

import cn.plumbline.events.Rejection.Order;
import cn.plumbline.events.Rejection.Told;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.type.TypeReference;

/** Reads code, data and order of a rejection from its record. */
final class RejectionRecords {

    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    private static final TypeReference<Map<String, Object>> DATA = new TypeReference<>() {};

    private static final ClassValue<String> CODES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return WORD_START.matcher(type.getSimpleName()).replaceAll("_").toUpperCase(Locale.ROOT);
        }
    };

    private RejectionRecords() {}

    static String code(Class<?> type) {
        return CODES.get(type);
    }

    static Map<String, Object> data(Rejection rejection) {
        return EventJson.mapper().convertValue(rejection, DATA);
    }

    static Order order(Class<?> type) {
        Told told = type.getAnnotation(Told.class);
        if (told == null) {
            throw new IllegalStateException(type + " needs @Told, or an order() of its own");
        }
        return told.value();
    }
}
