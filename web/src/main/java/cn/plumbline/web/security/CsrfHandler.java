package cn.plumbline.web.security;

import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRequestAttributeHandler;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRequestHandler;
import org.springframework.security.web.server.csrf.XorServerCsrfTokenRequestAttributeHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Takes the token as forms carry it, masked, and as a script reads it from the cookie, plain in a header. */
final class CsrfHandler implements ServerCsrfTokenRequestHandler {

    private final ServerCsrfTokenRequestHandler masked = new XorServerCsrfTokenRequestAttributeHandler();
    private final ServerCsrfTokenRequestHandler plain = new ServerCsrfTokenRequestAttributeHandler();

    @Override
    public void handle(ServerWebExchange exchange, Mono<CsrfToken> token) {
        masked.handle(exchange, token);
    }

    @Override
    public Mono<String> resolveCsrfTokenValue(ServerWebExchange exchange, CsrfToken token) {
        boolean header = exchange.getRequest().getHeaders().getFirst(token.getHeaderName()) != null;
        return (header ? plain : masked).resolveCsrfTokenValue(exchange, token);
    }
}
