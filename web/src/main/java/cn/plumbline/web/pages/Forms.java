package cn.plumbline.web.pages;

import cn.plumbline.command.CommandDefinition;
import cn.plumbline.web.pages.Form.Choices;
import cn.plumbline.web.pages.Form.Field;
import cn.plumbline.web.pages.Form.Option;
import cn.plumbline.web.pages.Form.Problem;
import cn.plumbline.web.pages.Names.Named;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Puts the form of a command together. Pure. */
final class Forms {

    /** The most records that a picker offers at once; more are asked for while typing. */
    static final int CHOICES_MAX = 300;

    private Forms() {}

    static String title(CommandDefinition command, Texts texts) {
        return texts.pick(command.zh(), command.en());
    }

    /**
     * A form.
     *
     * @param values what it holds
     * @param refusal why it was refused
     * @param focus the id of the element that takes the focus, empty for none
     */
    static Form of(Sheet sheet, JsonNode values, Refusal refusal, String key, String focus, Names names, Texts texts) {
        CommandDefinition command = sheet.command();
        FormFields fields = new FormFields(command, sheet.schema(), values, refusal.errors(), texts);
        List<Field> own = fields.own();
        List<Field> envelope = fields.envelope();
        Map<String, String> labels = new HashMap<>();
        collectLabels(own, "", labels);
        collectLabels(envelope, "", labels);
        Set<String> picked = new TreeSet<>();
        collectPicked(own, picked);
        return new Form(
                command.name(),
                title(command, texts),
                key,
                sheet.position(),
                labelled(refusal.problems(), labels, texts),
                focus,
                own,
                envelope,
                envelope.stream().anyMatch(Forms::isTouched),
                picked.stream().map(kind -> choices(kind, names)).toList());
    }

    /** By the id of the element; what lies within a group or list is named after it, too. */
    private static void collectLabels(List<Field> fields, String outer, Map<String, String> labels) {
        for (Field field : fields) {
            boolean alone = outer.isEmpty() || outer.endsWith(field.label());
            String label = alone ? (outer.isEmpty() ? field.label() : outer) : outer + " · " + field.label();
            labels.put(field.id(), label);
            collectLabels(field.parts(), label, labels);
        }
    }

    /** Each problem with the label of its field before it: the same words may be said of several. */
    private static List<Problem> labelled(List<Problem> problems, Map<String, String> labels, Texts texts) {
        return problems.stream()
                .map(problem -> {
                    String anchor = problem.anchor();
                    String label = anchor == null ? null : labels.get(anchor);
                    return label == null
                            ? problem
                            : new Problem(problem.code(), label + texts.pick("：", ": ") + problem.text(), anchor);
                })
                .toList();
    }

    private static void collectPicked(List<Field> fields, Set<String> picked) {
        for (Field field : fields) {
            if (field.picks() != null) {
                picked.add(field.picks());
            }
            collectPicked(field.parts(), picked);
        }
    }

    private static boolean isTouched(Field field) {
        return !field.value().isEmpty()
                || field.error() != null
                || field.parts().stream().anyMatch(Forms::isTouched);
    }

    private static Choices choices(String kind, Names names) {
        List<Named> all = names.all(kind);
        return new Choices(
                "list-" + kind, options(all.subList(0, Math.min(all.size(), CHOICES_MAX))), all.size() > CHOICES_MAX);
    }

    static List<Option> options(List<Named> found) {
        List<Option> options = new ArrayList<>();
        found.forEach(named -> options.add(new Option(named.id(), named.name())));
        return options;
    }
}
