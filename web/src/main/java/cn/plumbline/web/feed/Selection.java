package cn.plumbline.web.feed;

import cn.plumbline.events.EventCatalogue;
import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Criterion;
import cn.plumbline.journal.Tag;
import cn.plumbline.web.parameters.Parameters;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a reader wants of the feed: events of one of the types that carry all of the tags. */
final class Selection {

    private static final int TERMS_MAX = 100;

    private Selection() {}

    static Criteria of(Parameters parameters) {
        Set<String> types = new HashSet<>(limited(parameters, "type"));
        for (String type : types) {
            if (EventCatalogue.find(type) == null) {
                throw Parameters.invalid(
                        "type", "无此事件类型，见 /api/event-types", "not a type of event; /api/event-types has them all");
            }
        }
        Set<Tag> tags = new HashSet<>();
        for (String tag : limited(parameters, "tag")) {
            tags.add(tag(tag));
        }
        return new Criteria(List.of(new Criterion(types, tags)));
    }

    private static List<String> limited(Parameters parameters, String name) {
        List<String> terms = parameters.all(name);
        if (terms.size() > TERMS_MAX) {
            throw Parameters.invalid(
                    name, "最多出现 " + TERMS_MAX + " 次", "a parameter that may stand " + TERMS_MAX + " times at most");
        }
        return terms;
    }

    private static Tag tag(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            throw Parameters.invalid("tag", "须为 key:value（如 unit:002）", "a tag, key:value, such as unit:002");
        }
        return Tag.parse(text);
    }
}
