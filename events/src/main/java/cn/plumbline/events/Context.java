package cn.plumbline.events;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names a bounded context; stands on the sealed interface of its events. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Context {

    /** The name in event types, lower-case ({@code dispatch}). */
    String value();

    /** The Chinese title. */
    String zh();

    /** The English title. */
    String en();
}
