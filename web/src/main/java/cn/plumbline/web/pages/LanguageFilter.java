package cn.plumbline.web.pages;

import java.time.Duration;
import org.springframework.http.ResponseCookie;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Keeps the language that a reader has switched to in a cookie. */
final class LanguageFilter implements WebFilter {

    private static final Duration KEPT = Duration.ofDays(365);

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Language asked = Language.parse(exchange.getRequest().getQueryParams().getFirst(Language.NAME));
        if (asked != null) {
            exchange.getResponse()
                    .addCookie(ResponseCookie.from(Language.NAME, asked.tag())
                            .path("/")
                            .httpOnly(true)
                            .sameSite("Lax")
                            .maxAge(KEPT)
                            .build());
        }
        return chain.filter(exchange);
    }
}
