package cn.plumbline.web.pages;

import cn.plumbline.web.pages.Form.Problem;
import cn.plumbline.web.problems.FieldProblem;
import cn.plumbline.web.problems.Message;
import cn.plumbline.web.problems.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Why a form was not recorded: all reasons, and at which field each belongs. Pure.
 *
 * @param problems in the order in which they are told
 * @param errors the texts by the name of the field
 */
record Refusal(List<Problem> problems, Map<String, String> errors) {

    static final Refusal NONE = new Refusal(List.of(), Map.of());

    /** Reads a problem of the command's door. */
    static Refusal of(ProblemException problem, JsonNode values, Names names, Texts texts) {
        List<Problem> problems = new ArrayList<>();
        Map<String, String> errors = new LinkedHashMap<>();
        if (problem.data().get("errors") instanceof List<?> fields) {
            fields.forEach(field -> add(problems, errors, (FieldProblem) field, texts));
        } else if (problem.data().get("rejections") instanceof List<?> rejections) {
            rejections.forEach(rejection -> add(problems, errors, (Map<?, ?>) rejection, values, names, texts));
        } else {
            problems.add(new Problem(problem.code(), words(problem.detail(), texts), null));
        }
        return new Refusal(problems, errors);
    }

    private static void add(List<Problem> problems, Map<String, String> errors, FieldProblem field, Texts texts) {
        String name = name(field.pointer());
        String text = words(field.message(), texts);
        errors.putIfAbsent(name, text);
        problems.add(new Problem(field.code(), text, name.isEmpty() ? null : FormFields.id(name)));
    }

    private static void add(
            List<Problem> problems,
            Map<String, String> errors,
            Map<?, ?> rejection,
            JsonNode values,
            Names names,
            Texts texts) {
        String code = String.valueOf(rejection.get("code"));
        Map<?, ?> data = rejection.get("data") instanceof Map<?, ?> map ? map : Map.of();
        String text =
                words((Message) Objects.requireNonNull(rejection.get("message")), texts) + existing(data, names, texts);
        String field = RejectionFields.field(code, data, values);
        if (field != null) {
            errors.merge(field, text, (first, second) -> first + texts.pick("；", "; ") + second);
        }
        problems.add(new Problem(code, text, field == null ? null : FormFields.id(field)));
    }

    /** Who or what stands in the way, by name. */
    private static String existing(Map<?, ?> data, Names names, Texts texts) {
        List<String> found = new ArrayList<>();
        data.forEach((key, value) -> {
            String kind = kind(String.valueOf(key));
            if (kind != null && value != null) {
                found.add(names.of(kind + ":" + value).name());
            }
        });
        return found.isEmpty() ? "" : texts.pick("：", ": ") + String.join(texts.pick("、", ", "), found);
    }

    private static @Nullable String kind(String key) {
        return switch (key) {
            case "existingGroupId" -> "group";
            case "existingUnitId", "unitId" -> "unit";
            case "existingPersonId" -> "person";
            default -> null;
        };
    }

    /** A field's name in the form, from a JSON pointer. */
    static String name(String pointer) {
        StringBuilder name = new StringBuilder();
        for (String step : pointer.split("/", -1)) {
            if (step.matches("\\d+")) {
                name.append('[').append(step).append(']');
            } else if (!step.isEmpty()) {
                name.append(name.isEmpty() ? "" : ".").append(step);
            }
        }
        return name.toString();
    }

    private static String words(Message message, Texts texts) {
        return texts.pick(message.zh(), message.en());
    }
}
