package cn.plumbline.web.problems;

import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Shows a problem to a reader with a browser. Without a bean of this type a plain page is shown.
 */
@FunctionalInterface
public interface ProblemPage {

    /**
     * Writes the page, of a problem that has happened or to explain what one is; the status of the response is set
     * already, and is not the problem's own where it is explained.
     */
    Mono<Void> write(ServerWebExchange exchange, ProblemException problem);
}
