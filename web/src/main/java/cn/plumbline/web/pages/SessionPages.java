package cn.plumbline.web.pages;

import cn.plumbline.web.security.KeptForm;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
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
        KeptForm kept = KeptForm.passed(exchange);
        if (kept == null && PageRenderer.asksForPart(request)) {
            // The session has ended under a page that wanted a part of itself: the whole page must change.
            return PageRenderer.leadTo(exchange, "/login");
        }
        Map<String, Object> model = new HashMap<>();
        model.put("failed", request.getQueryParams().containsKey("error"));
        model.put("signedOut", request.getQueryParams().containsKey("logout"));
        if (kept != null) {
            model.put("kept", kept.text());
        }
        // Of a form that a script has sent, the login takes the place.
        return renderer.page(exchange, "login", "login :: content", HttpStatus.OK, model);
    }
}
