package cn.plumbline.web.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may come in, {@code plumbline.security.*}. Without accounts of one's own there are the demo accounts, on
 * loopback only.
 *
 * @param users accounts of this installation
 */
@ConfigurationProperties("plumbline.security")
record SecurityProperties(@DefaultValue List<OwnAccount> users) {

    /**
     * One account, as somebody has written it.
     *
     * @param password encoded, such as <code>{bcrypt}$2a$…</code>
     * @param role CLERK, MEMBER, AUDITOR, DASHBOARD, INTEGRATOR or ADMIN
     * @param organisation the organ or group that it belongs to; a MEMBER records for this group
     */
    record OwnAccount(
            @Nullable String name,
            @Nullable String password,
            @Nullable String role,
            @Nullable String organisation) {}
}
