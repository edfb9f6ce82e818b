package cn.plumbline.web.problems;

import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Shows a problem to a reader with a browser. Without a bean of this type a plain page is shown.
 */
@FunctionalInterface
public interface ProblemPage {

    /**
     * Writes the page; status and headers of the response are set already.
     *
     * @param problem what to show; its status is 0 where a code is explained and nothing went wrong
     */
    Mono<Void> write(ServerWebExchange exchange, ProblemException problem);
}
