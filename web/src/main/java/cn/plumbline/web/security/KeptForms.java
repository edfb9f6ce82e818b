package cn.plumbline.web.security;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.server.DefaultServerRedirectStrategy;
import org.springframework.security.web.server.ServerRedirectStrategy;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.RedirectServerAuthenticationFailureHandler;
import org.springframework.security.web.server.authentication.RedirectServerAuthenticationSuccessHandler;
import org.springframework.security.web.server.savedrequest.ServerRequestCache;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/**
 * Carries a form over the end of its session. What comes from nobody is answered with the login page, which keeps what
 * was typed; so does the page after a wrong password; the right one leads back to the form.
 */
final class KeptForms implements WebFilter {

    private static final String LOGIN = "/login";
    private static final String FAILED = "error";

    private final ServerRedirectStrategy redirects = new DefaultServerRedirectStrategy();
    private final RedirectServerAuthenticationSuccessHandler signedIn =
            new RedirectServerAuthenticationSuccessHandler();
    private final RedirectServerAuthenticationFailureHandler refused =
            new RedirectServerAuthenticationFailureHandler(LOGIN + "?" + FAILED);

    KeptForms(ServerRequestCache askedPage) {
        signedIn.setRequestCache(askedPage);
    }

    /** Stands behind the check of the token and before that of the rights. */
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (!request.getMethod().equals(HttpMethod.POST) || !SecurityConfiguration.isOfPage(request)) {
            return chain.filter(exchange);
        }
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(SecurityContext::getAuthentication)
                .filter(Authentication::isAuthenticated)
                .hasElement()
                .flatMap(known -> known ? chain.filter(exchange) : toLogin(exchange, chain));
    }

    private static Mono<Void> toLogin(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().value();
        return exchange.getFormData()
                .flatMap(parameters -> KeptForm.sent(path, parameters)
                        .map(kept -> login(exchange, chain, kept, null))
                        .orElseGet(() -> chain.filter(exchange)));
    }

    private static Mono<Void> login(
            ServerWebExchange exchange, WebFilterChain chain, KeptForm kept, @Nullable String query) {
        kept.pass(exchange);
        URI page = UriComponentsBuilder.fromUri(exchange.getRequest().getURI())
                .replacePath(LOGIN)
                .replaceQuery(query)
                .build(true)
                .toUri();
        return chain.filter(exchange.mutate()
                .request(request -> request.method(HttpMethod.GET).uri(page))
                .build());
    }

    Mono<Void> signedIn(WebFilterExchange exchange, Authentication user) {
        return exchange.getExchange()
                .getFormData()
                .flatMap(parameters -> KeptForm.returned(parameters)
                        .filter(kept -> kept.account().equals(user.getName()))
                        .map(kept -> back(exchange.getExchange(), kept))
                        .orElseGet(() -> signedIn.onAuthenticationSuccess(exchange, user)));
    }

    private Mono<Void> back(ServerWebExchange exchange, KeptForm kept) {
        return exchange.getSession()
                .doOnNext(kept::keep)
                .then(Mono.defer(() -> redirects.sendRedirect(exchange, URI.create(kept.address()))));
    }

    Mono<Void> refused(WebFilterExchange exchange, AuthenticationException failure) {
        return exchange.getExchange()
                .getFormData()
                .flatMap(parameters -> KeptForm.returned(parameters)
                        .map(kept -> login(exchange.getExchange(), exchange.getChain(), kept, FAILED))
                        .orElseGet(() -> refused.onAuthenticationFailure(exchange, failure)));
    }
}
