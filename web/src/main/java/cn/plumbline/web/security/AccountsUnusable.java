package cn.plumbline.web.security;

/** An account in the settings lacks something, so that it would refuse its owner, or let him do what nobody meant. */
public final class AccountsUnusable extends RuntimeException {

    private static final long serialVersionUID = 1;

    AccountsUnusable(int index, String zh, String en) {
        super("plumbline.security.users[" + index + "]：" + zh + "。 " + en + ".");
    }
}
