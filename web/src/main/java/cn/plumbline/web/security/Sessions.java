package cn.plumbline.web.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Who is signed in at a browser. The browser holds a random token, the store its hash and the user's name, so that any
 * node can tell whose it is, and nobody who reads the store can use it. Rights are those that the account has at the
 * moment. A session ends by signing out, or when it was not used for half an hour.
 */
final class Sessions implements ServerSecurityContextRepository {

    static final String COOKIE = "SESSION";

    private static final Duration IDLE_MAX = Duration.ofMinutes(30);
    private static final int TOKEN_BYTES = 32;

    private final SessionStore store;
    private final ReactiveUserDetailsService accounts;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Sessions(SessionStore store, ReactiveUserDetailsService accounts, Clock clock) {
        this.store = store;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** After signing in, with a token that nobody can have known before; after signing out, without a context. */
    @Override
    public Mono<Void> save(ServerWebExchange exchange, @Nullable SecurityContext context) {
        Authentication user = context == null ? null : context.getAuthentication();
        return user == null ? end(exchange) : end(exchange).then(begin(exchange, user));
    }

    private Mono<Void> begin(ServerWebExchange exchange, Authentication user) {
        return Mono.defer(() -> {
            byte[] bytes = new byte[TOKEN_BYTES];
            random.nextBytes(bytes);
            String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            Instant now = clock.instant();
            return store.begin(id(token), user.getName(), now, now.minus(IDLE_MAX))
                    .then(Mono.fromRunnable(() -> exchange.getResponse().addCookie(cookie(exchange, token, null))));
        });
    }

    private Mono<Void> end(ServerWebExchange exchange) {
        return Mono.justOrEmpty(token(exchange))
                .flatMap(token -> store.end(id(token))
                        .then(Mono.fromRunnable(
                                () -> exchange.getResponse().addCookie(cookie(exchange, "", Duration.ZERO)))));
    }

    @Override
    public Mono<SecurityContext> load(ServerWebExchange exchange) {
        return Mono.justOrEmpty(token(exchange))
                .flatMap(token -> {
                    Instant now = clock.instant();
                    return store.use(id(token), now, now.minus(IDLE_MAX));
                })
                .flatMap(accounts::findByUsername)
                .map(Sessions::context);
    }

    private static SecurityContext context(UserDetails account) {
        if (account instanceof CredentialsContainer secrets) {
            secrets.eraseCredentials();
        }
        return new SecurityContextImpl(
                UsernamePasswordAuthenticationToken.authenticated(account, null, account.getAuthorities()));
    }

    private static @Nullable String token(ServerWebExchange exchange) {
        HttpCookie cookie = exchange.getRequest().getCookies().getFirst(COOKIE);
        return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
    }

    /** Other sites' forms and pictures come without it, and no script reads it. */
    private static ResponseCookie cookie(ServerWebExchange exchange, String value, @Nullable Duration age) {
        ResponseCookie.ResponseCookieBuilder cookie = ResponseCookie.from(COOKIE, value)
                .path("/")
                .httpOnly(true)
                .sameSite("Lax")
                .secure("https".equalsIgnoreCase(exchange.getRequest().getURI().getScheme()));
        return (age == null ? cookie : cookie.maxAge(age)).build();
    }

    private static String id(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
