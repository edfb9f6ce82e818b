package cn.plumbline.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.plumbline.web.security.SecurityProperties.OwnAccount;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts in the settings are as their owner means them, or are refused. */
class OwnAccountsTest {

    private static final String PASSWORD = "{noop}x";

    private static OwnAccount user(
            @Nullable String name, @Nullable String password, @Nullable String role, @Nullable String organisation) {
        return new OwnAccount(name, password, role, organisation);
    }

    @Test
    void haveTheirRoleInWhateverCase() {
        Account account = OwnAccounts.of(List.of(user("li", PASSWORD, "member", "派驻-001")))
                .getFirst();
        assertThat(account.getAuthorities()).extracting(Object::toString).containsExactly("ROLE_MEMBER");
        assertThat(account.organisation()).isEqualTo("派驻-001");
    }

    @Test
    void belongNowhereWhenThePlaceIsBlank() {
        Account account =
                OwnAccounts.of(List.of(user("li", PASSWORD, "CLERK", " "))).getFirst();
        assertThat(account.organisation()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        ",         {noop}x,   CLERK,   ,          name",
        "'',       {noop}x,   CLERK,   ,          name",
        "li,       ,          CLERK,   ,          password",
        "li,       plain,     CLERK,   ,          password",
        "li,       {noop},    CLERK,   ,          password",
        "li,       {noop}x,   ,        ,          role",
        "li,       {noop}x,   BOSS,    ,          role",
        "li,       {noop}x,   MEMBER,  ,          organisation",
        "li,       {noop}x,   MEMBER,  ' ',       organisation",
    })
    void areRefusedWhenSomethingIsMissing(
            @Nullable String name,
            @Nullable String password,
            @Nullable String role,
            @Nullable String organisation,
            String missing) {
        List<OwnAccount> users =
                List.of(user("good", PASSWORD, "ADMIN", null), user(name, password, role, organisation));
        assertThatExceptionOfType(AccountsUnusable.class)
                .isThrownBy(() -> {
                    var unused = OwnAccounts.of(users);
                })
                .withMessageContaining("plumbline.security.users[1]")
                .withMessageContaining(missing);
    }

    @Test
    void areRefusedWhenTwoHaveOneName() {
        List<OwnAccount> users = List.of(user("li", PASSWORD, "ADMIN", null), user("li", PASSWORD, "CLERK", null));
        assertThatExceptionOfType(AccountsUnusable.class)
                .isThrownBy(() -> {
                    var unused = OwnAccounts.of(users);
                })
                .withMessageContaining("重名");
    }
}
