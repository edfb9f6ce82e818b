package cn.plumbline.web.security;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.core.userdetails.UserDetails;
import reactor.core.publisher.Mono;

/** The accounts of this installation: its own, or those for trying it out. */
final class Accounts implements ReactiveUserDetailsService {

    private static final Logger log = LoggerFactory.getLogger(Accounts.class);

    /** The group of the demo account {@code member}: that of the health commission in the sample of 2015. */
    private static final String DEMO_GROUP = "派驻-011";

    private static final Map<String, String> DEMO_ROLES = Map.of(
            "clerk", "CLERK",
            "clerk2", "CLERK",
            "member", "MEMBER",
            "auditor", "AUDITOR",
            "dashboard", "DASHBOARD",
            "integrator", "INTEGRATOR",
            "admin", "ADMIN");

    private final Map<String, Account> accounts;

    private Accounts(List<Account> accounts) {
        this.accounts = accounts.stream().collect(Collectors.toMap(Account::getUsername, Function.identity()));
    }

    /**
     * The accounts that the settings give.
     *
     * @param address on which the server listens
     * @throws AccountsUnusable when nobody could sign in with an account of the settings
     * @throws DemoAccountsExposed when only the demo accounts are there and others than this machine could use them
     */
    static Accounts of(SecurityProperties properties, @Nullable InetAddress address) {
        if (!properties.users().isEmpty()) {
            return new Accounts(OwnAccounts.of(properties.users()));
        }
        if (address == null || !address.isLoopbackAddress()) {
            throw new DemoAccountsExposed(address);
        }
        log.info(
                "演示账号（密码同名，不得用于生产）demo accounts, password = name, not for production: {}",
                DEMO_ROLES.keySet().stream().sorted().toList());
        return new Accounts(DEMO_ROLES.entrySet().stream()
                .map(demo -> new Account(
                        demo.getKey(),
                        // Known to everybody, so a slow hash would protect nothing.
                        "{noop}" + demo.getKey(),
                        demo.getValue(),
                        demo.getKey().equals("member") ? DEMO_GROUP : null))
                .toList());
    }

    @Override
    public Mono<UserDetails> findByUsername(String username) {
        return Mono.justOrEmpty(accounts.get(username)).map(Accounts::copy);
    }

    /** Each login gets an account of its own, because Spring wipes the password out of it afterwards. */
    private static UserDetails copy(Account account) {
        String role = account.getAuthorities().iterator().next().getAuthority();
        return new Account(
                account.getUsername(),
                String.valueOf(account.getPassword()),
                String.valueOf(role).substring("ROLE_".length()),
                account.organisation());
    }
}
