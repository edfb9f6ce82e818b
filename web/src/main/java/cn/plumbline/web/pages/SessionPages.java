package cn.plumbline.web.pages;

import java.util.Map;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Signing in. */
@Controller
final class SessionPages {

    private final PageRenderer renderer;

    SessionPages(PageRenderer renderer) {
        this.renderer = renderer;
    }

    @GetMapping("/login")
    Mono<Rendering> login(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        if (PageRenderer.asksForPart(request)) {
            // The session has ended under a page that wanted a part of itself: the whole page must change.
            return PageRenderer.leadTo(exchange, "/login");
        }
        return renderer.page(
                exchange,
                "login",
                Map.of(
                        "failed", request.getQueryParams().containsKey("error"),
                        "signedOut", request.getQueryParams().containsKey("logout")));
    }
}
