package cn.plumbline.events;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a command was refused by the rules of its domain: an expected outcome, part of the contract, carrying data
 * instead of prose. The texts stand in {@link RejectionMessages} by code.
 *
 * <p>Each context has a sealed family of records. The code of a record follows from its name ({@code UnitNotFound} is
 * {@code UNIT_NOT_FOUND}), the data from its components, the order from {@link Told}.
 */
public interface Rejection {

    /** The stable code, such as {@code UNIT_ALREADY_COVERED}. */
    default String code() {
        return RejectionRecords.code(getClass());
    }

    /** What the caller needs to act on it, as JSON values by field name; may be empty. */
    default Map<String, Object> data() {
        return RejectionRecords.data(this);
    }

    /** The name of the case that has a text of its own in {@link RejectionMessages}; null for the text of the code. */
    default @Nullable String tellingCase() {
        return null;
    }

    /** In which order several rejections of one command are told. */
    default Order order() {
        return RejectionRecords.order(getClass());
    }

    /** Which kind of rule a record of rejection stands for. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Told {

        /** The kind of rule. */
        Order value();
    }

    /** The kinds of rule, in the order in which their rejections are told. */
    enum Order {
        /** Rules on the command alone. */
        COMMAND,
        /** Something that must exist does not, or the reverse. */
        EXISTENCE,
        /** Names and administrative levels. */
        NAMING,
        /** The state of a thing does not allow it. */
        LIFE_CYCLE,
        /** Periods collide or leave a gap. */
        INTERVALS
    }
}
