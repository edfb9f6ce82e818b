package cn.plumbline.command;

import java.util.List;

/**
 * What somebody wants to be recorded: a record whose components are those fields of the body that go into events.
 * Components that may be absent are nullable; so are those whose lack has a rejection of its own.
 */
public interface Command {

    /**
     * Faults of the body that no schema can say, such as a list that must contain another field's value.
     *
     * @return empty when there are none
     */
    default List<FieldError> faults() {
        return List.of();
    }
}
