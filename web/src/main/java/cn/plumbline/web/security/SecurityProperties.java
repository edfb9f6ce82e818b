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
     * One account.
     *
     * @param password encoded, such as <code>{bcrypt}$2a$…</code>
     * @param role CLERK, MEMBER, AUDITOR, DASHBOARD, INTEGRATOR or ADMIN
     * @param organisation the organ or group that it belongs to
     */
    record OwnAccount(
            String name,
            String password,
            String role,
            @Nullable String organisation) {}
}
