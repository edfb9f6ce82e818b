package cn.plumbline.web.pages;

import cn.plumbline.events.Context;
import cn.plumbline.events.DomainEvent;

/** The bounded contexts by name. */
final class Contexts {

    private Contexts() {}

    /** The title of a context, which stands on the interface of its events. */
    static String title(String name, Texts texts) {
        for (Class<?> events : DomainEvent.class.getPermittedSubclasses()) {
            Context context = events.getAnnotation(Context.class);
            if (context != null && context.value().equals(name)) {
                return texts.pick(context.zh(), context.en());
            }
        }
        return name;
    }
}
