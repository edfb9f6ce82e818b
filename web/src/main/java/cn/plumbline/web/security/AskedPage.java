package cn.plumbline.web.security;

import java.net.URI;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.web.server.savedrequest.CookieServerRequestCache;
import org.springframework.security.web.server.savedrequest.ServerRequestCache;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Keeps the page that somebody asked for until he has signed in: in a cookie, so that who is not signed in cannot make
 * the server keep anything. Spring's own cache forgets it with the next request, which is the one for the login page.
 */
final class AskedPage implements ServerRequestCache {

    private final ServerRequestCache cookie = new CookieServerRequestCache();

    @Override
    public Mono<Void> saveRequest(ServerWebExchange exchange) {
        return cookie.saveRequest(exchange);
    }

    /** Asked once, after the login. */
    @Override
    public Mono<URI> getRedirectUri(ServerWebExchange exchange) {
        return cookie.getRedirectUri(exchange)
                .flatMap(uri -> cookie.removeMatchingRequest(exchange).thenReturn(uri));
    }

    @Override
    public Mono<ServerHttpRequest> removeMatchingRequest(ServerWebExchange exchange) {
        return Mono.empty();
    }
}
