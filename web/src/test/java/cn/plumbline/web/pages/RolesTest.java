package cn.plumbline.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.web.pages.Page.Item;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everyone begins on a page that is his. */
class RolesTest {

    @ParameterizedTest
    @CsvSource({
        "admin, /coverage",
        "clerk, /coverage",
        "member, /coverage",
        "auditor, /coverage",
        "dashboard, /coverage",
        "integrator, /stream"
    })
    void theFirstPageIsOneOfTheNavigation(String role, String page) {
        Roles roles = new Roles();
        Set<String> authorities = Set.of("ROLE_" + role.toUpperCase(Locale.ROOT));
        assertThat(roles.home(authorities)).isEqualTo(page);
        assertThat(roles.navigation(authorities, "/")).extracting(Item::href).contains(page);
    }
}
