package cn.plumbline.web.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;

/** An account of this installation. */
final class Account extends User {

    private static final long serialVersionUID = 1;

    private final @Nullable String organisation;

    /**
     * An account.
     *
     * @param encoded the password with its encoding in front, such as <code>{bcrypt}…</code>
     * @param organisation the organ or group that it belongs to
     */
    Account(String name, String encoded, String role, @Nullable String organisation) {
        super(name, encoded, List.of(new SimpleGrantedAuthority("ROLE_" + role)));
        this.organisation = organisation;
    }

    @Nullable
    String organisation() {
        return organisation;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
