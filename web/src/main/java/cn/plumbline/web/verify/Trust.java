package cn.plumbline.web.verify;

import cn.plumbline.web.notes.VerifierKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the one who checks knew before.
 *
 * @param keys of which one must have signed; empty to take those that come with what is checked
 * @param earlier a checkpoint that he has from an earlier time or from somebody else, whose beginning the history must
 *     be
 */
public record Trust(List<VerifierKey> keys, @Nullable String earlier) {

    /** Copies. */
    public Trust {
        keys = List.copyOf(keys);
    }
}
