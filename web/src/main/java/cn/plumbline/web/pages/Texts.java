package cn.plumbline.web.pages;

import cn.plumbline.events.CodeList;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import tools.jackson.databind.JsonNode;

/** The texts of one language: messages by key, labels of code lists, values as people read them. */
final class Texts {

    /** More elements of a list than this are counted, not told. */
    private static final int ELEMENTS_TOLD = 20;

    private final MessageSource messages;
    private final Language language;

    Texts(MessageSource messages, Language language) {
        this.messages = messages;
        this.language = language;
    }

    Language language() {
        return language;
    }

    String text(String key, Object... arguments) {
        return messages.getMessage(key, arguments, language.locale());
    }

    /** What a parameter of a page is called on its field. */
    String parameter(@Nullable String name) {
        return switch (String.valueOf(name)) {
            case "asOf" -> text("as.of");
            case "knownAt" -> text("known.at.position");
            case "knownTime" -> text("known.at.time");
            case "comparedTo" -> text("compared.to");
            case "organ" -> text("coverage.organ");
            default -> String.valueOf(name);
        };
    }

    String pick(String zh, String en) {
        return language.pick(zh, en);
    }

    String label(CodeList code) {
        return pick(code.zh(), code.en());
    }

    /** The label of a code, the code itself when the list does not have it, a dash when there is none. */
    <E extends Enum<E> & CodeList> String label(Class<E> list, @Nullable String code) {
        if (code == null || code.isEmpty()) {
            return "—";
        }
        for (E constant : list.getEnumConstants()) {
            if (constant.name().equals(code)) {
                return label(constant);
            }
        }
        return code;
    }

    /** A value of an event in one line, null when it is absent. */
    @Nullable
    String value(@Nullable JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return null;
        }
        if (value.isBoolean()) {
            return value.asBoolean() ? pick("是", "yes") : pick("否", "no");
        }
        if (value.isArray()) {
            return elements(value);
        }
        if (value.isObject()) {
            StringBuilder text = new StringBuilder();
            value.properties().forEach(field -> {
                String inner = value(field.getValue());
                text.append(text.isEmpty() ? "" : pick("，", ", ")).append(inner == null ? "—" : inner);
            });
            return text.toString();
        }
        return value.asString();
    }

    private String elements(JsonNode list) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(list.size(), ELEMENTS_TOLD); i++) {
            text.append(i == 0 ? "" : pick("、", ", ")).append(value(list.get(i)));
        }
        if (list.size() > ELEMENTS_TOLD) {
            text.append(pick("……共 " + list.size() + " 项", " … " + list.size() + " in all"));
        }
        return text.toString();
    }
}
