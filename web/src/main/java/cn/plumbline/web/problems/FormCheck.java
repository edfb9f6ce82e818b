package cn.plumbline.web.problems;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Reads a form before anybody else does, and refuses one that is not encoded as a form: the framework would take that
 * for a fault of its own. What has been read is kept for those who ask later.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class FormCheck implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return exchange.getFormData()
                .onErrorMap(IllegalArgumentException.class, malformed -> ProblemException.of(400, "MALFORMED_REQUEST"))
                .then(Mono.defer(() -> chain.filter(exchange)));
    }
}
