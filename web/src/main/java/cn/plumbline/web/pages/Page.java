package cn.plumbline.web.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.server.csrf.CsrfToken;

/**
 * What every page shows around its content.
 *
 * @param user who is signed in, null when nobody is
 * @param csrf the token that forms carry, null when forms need none
 * @param otherLanguageUrl this page in the other language
 * @param htmx where the script is
 * @param zone of the times that pages tell, such as {@code Asia/Shanghai}
 */
public record Page(
        Language language,
        @Nullable User user,
        List<Item> nav,
        @Nullable CsrfToken csrf,
        String otherLanguageUrl,
        String htmx,
        String zone) {

    /**
     * The one who reads.
     *
     * @param role the key of the role's name
     * @param records whether the role records
     * @param follows whether the role may read the events themselves
     */
    public record User(String name, String role, boolean records, boolean follows) {}

    /**
     * An entry of the navigation.
     *
     * @param label the key of its text
     * @param current whether the page shown lies below it
     */
    public record Item(String href, String label, boolean current) {}
}
