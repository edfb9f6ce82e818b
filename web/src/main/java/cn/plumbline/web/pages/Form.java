package cn.plumbline.web.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of a command as its page shows it.
 *
 * @param key the idempotency key of this form, so that it records once however often it is sent
 * @param position of the earlier event that it is about, null when it is about none
 * @param problems why it was refused, in the order in which they are told; empty at first
 * @param focus the id of the element that takes the focus, empty for none
 * @param moreOpen whether the part with the envelope's fields is unfolded
 * @param lists what pickers offer
 */
public record Form(
        String command,
        String title,
        String key,
        @Nullable Long position,
        List<Problem> problems,
        String focus,
        List<Field> fields,
        List<Field> envelope,
        boolean moreOpen,
        List<Choices> lists) {

    /**
     * A field, or a group or list of them.
     *
     * @param name the parameter, such as {@code basis[0].docNo}
     * @param shape {@code object}, {@code list}, {@code fixed} (a text to read), {@code checkbox}, {@code select}, {@code area}, {@code picker}, or the
     *     type of an input
     * @param error what is wrong with it, null when nothing is
     * @param wide whether it takes a whole line
     * @param maximum the most characters, null when there is no limit of its own
     * @param list the id of what a picker offers
     * @param picks the kind of record that a picker picks
     * @param described the ids of the elements that explain it
     * @param parts the fields of an object, the rows of a list
     */
    public record Field(
            String name,
            String id,
            String label,
            String shape,
            boolean required,
            String value,
            @Nullable String hint,
            @Nullable String error,
            boolean wide,
            @Nullable Integer maximum,
            List<Option> options,
            @Nullable String list,
            @Nullable String picks,
            @Nullable String described,
            List<Field> parts) {}

    /** A value to choose, with its words. */
    public record Option(String value, String label) {}

    /**
     * What pickers of one kind of record offer.
     *
     * @param more whether there are more than these, to be asked for
     */
    public record Choices(String id, List<Option> options, boolean more) {}

    /**
     * Why a form was refused.
     *
     * @param anchor the id of the field that it belongs to, null when it belongs to the whole
     */
    public record Problem(
            String code, String text, @Nullable String anchor) {}
}
