package cn.plumbline.web.security;

import cn.plumbline.events.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** Who an authenticated user is to the records. */
public final class Users {

    private static final String ROLE = "ROLE_";

    private Users() {}

    /** The actor of a user's commands: account, role, and the organ or group that the account belongs to. */
    public static Actor actor(Authentication user) {
        return new Actor(user.getName(), role(user), organisation(user));
    }

    private static String role(Authentication user) {
        return user.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(authority -> authority != null && authority.startsWith(ROLE))
                .map(authority -> authority.substring(ROLE.length()))
                .sorted()
                .findFirst()
                .orElse("NONE");
    }

    private static @Nullable String organisation(Authentication user) {
        return user.getPrincipal() instanceof Account account ? account.organisation() : null;
    }
}
