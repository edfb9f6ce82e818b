package cn.plumbline.events;

import com.fasterxml.jackson.annotation.JsonValue;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * An identifier chosen by a client or made by the server: 1 to 64 letters of any script, digits, {@code .}, {@code _},
 * {@code -}, in Unicode normalisation form C. In JSON a plain string.
 *
 * <p>An event carries one tag for every id in its fields; the tag's key follows from the id's type.
 */
public sealed interface Id permits OrganId, UnitId, CatalogueId, AreaId, GroupId, CommitteeId, VenueId, PersonId {

    /** The pattern of every id, as JSON Schema (ECMA 262) and {@link Pattern} both read it. */
    String PATTERN = "^[\\p{L}\\p{M}\\p{N}._-]{1,64}$";

    /** The id's text. */
    @JsonValue
    String value();

    /** The key of the tag that stands for things of this kind, such as {@code unit}. */
    String tagKey();

    /** The tag that stands for this thing, such as {@code unit:002}. */
    default Tag tag() {
        return new Tag(tagKey(), value());
    }

    /**
     * Checks an id's text.
     *
     * @throws IllegalArgumentException when it is not an id
     */
    static void check(String value) {
        if (!Holder.COMPILED.matcher(value).matches() || !Normalizer.isNormalized(value, Normalizer.Form.NFC)) {
            throw new IllegalArgumentException(
                    "an id has 1 to 64 letters, digits, '.', '_' or '-' in Unicode form NFC");
        }
    }

    /** Keeps the compiled pattern out of the interface's public fields. */
    final class Holder {
        private static final Pattern COMPILED = Pattern.compile(PATTERN);

        private Holder() {}
    }
}
