package cn.plumbline.web.security;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** The server would listen to other machines with the demo accounts, whose passwords everybody knows. */
public final class DemoAccountsExposed extends RuntimeException {

    private static final long serialVersionUID = 1;

    DemoAccountsExposed(@Nullable InetAddress address) {
        super("监听地址 " + (address == null ? "0.0.0.0" : address.getHostAddress())
                + " 不限于本机，须设置 plumbline.security.users。"
                + " Listening beyond this machine needs accounts of your own in plumbline.security.users.");
    }
}
