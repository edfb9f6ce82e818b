package cn.plumbline.events;

import java.util.Map;

/**
 * Why a command was refused by the rules of its domain: an expected outcome, part of the contract, carrying data
 * instead of prose. The texts stand in {@link RejectionMessages} by code.
 */
public interface Rejection {

    /** The stable code, such as {@code UNIT_ALREADY_COVERED}. */
    String code();

    /** What the caller needs to act on it, as JSON values by field name; may be empty. */
    Map<String, Object> data();

    /** In which order several rejections of one command are told. */
    Order order();

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
