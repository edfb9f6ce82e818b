package cn.plumbline.web.security;

import cn.plumbline.events.Actor;
import org.springframework.security.core.Authentication;

public final class Users {
    private Users() {}

    public static Actor actor(Authentication user) {
        return new Actor(user.getName(), "CLERK", null);
    }
}
