package cn.plumbline.web.security;

import cn.plumbline.web.security.SecurityProperties.OwnAccount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the accounts of the settings, and refuses what would only be noticed when somebody cannot sign in. */
final class OwnAccounts {

    private static final Set<String> ROLES = Set.of("CLERK", "MEMBER", "AUDITOR", "DASHBOARD", "INTEGRATOR", "ADMIN");

    /** How Spring writes an encoded password; one without an encoding in front would be compared with nothing. */
    private static final Pattern ENCODED = Pattern.compile("\\{[A-Za-z0-9@_.-]+}.+");

    private OwnAccounts() {}

    static List<Account> of(List<OwnAccount> users) {
        List<Account> accounts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (OwnAccount user : users) {
            Account account = account(accounts.size(), user);
            if (!names.add(account.getUsername())) {
                throw new AccountsUnusable(accounts.size(), "账号重名", "there is another account of that name");
            }
            accounts.add(account);
        }
        return accounts;
    }

    private static Account account(int index, OwnAccount user) {
        String name = present(user.name());
        if (name == null) {
            throw new AccountsUnusable(index, "缺少 name", "the name is missing");
        }
        String password = present(user.password());
        if (password == null || !ENCODED.matcher(password).matches()) {
            throw new AccountsUnusable(
                    index,
                    "password 须为编码后的密码，如 {bcrypt}$2a$…",
                    "the password must be an encoded one, such as {bcrypt}$2a$…");
        }
        String role = String.valueOf(user.role()).toUpperCase(Locale.ROOT);
        if (!ROLES.contains(role)) {
            List<String> known = ROLES.stream().sorted().toList();
            throw new AccountsUnusable(index, "role 须为 " + known + " 之一", "the role must be one of " + known);
        }
        String organisation = present(user.organisation());
        if (role.equals("MEMBER") && organisation == null) {
            throw new AccountsUnusable(
                    index, "MEMBER 须有 organisation（所在派驻机构）", "a MEMBER needs the organisation, which is his group");
        }
        return new Account(name, password, role, organisation);
    }

    private static @Nullable String present(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
