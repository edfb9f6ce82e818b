package cn.plumbline.web.problems;

import cn.plumbline.events.EventJson;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.util.AlternativeJdkIdGenerator;
import org.springframework.util.IdGenerator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Answers every failure of a request with its problem: as a page to a reader with a browser, else as
 * {@code application/problem+json}. It stands before the handlers of the framework, which then have nothing to do.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ProblemHandler implements WebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    private static final int FAULT = 500;

    /** Not the JDK's, which may wait for the machine's randomness. */
    private final IdGenerator errorIds = new AlternativeJdkIdGenerator();

    private final Problems problems;
    private final ProblemPage page;

    ProblemHandler(Problems problems, ProblemPage page) {
        this.problems = problems;
        this.page = page;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            // Nobody is there to be told.
            log.debug("the client went away: {}", failure.toString());
            return exchange.getResponse().setComplete();
        }
        if (exchange.getResponse().isCommitted()) {
            // Half an answer is out; the connection has to break, so that the client notices. The server logs it.
            return Mono.error(failure);
        }
        if (isAnsweredByServer(exchange.getResponse())) {
            // The rest of the body could not be read, and the server has said so.
            log.debug("answered by the server already: {}", failure.toString());
            return Mono.empty();
        }
        ProblemException problem = problems.of(failure);
        if (problem.status() == FAULT) {
            problem = fault(exchange.getRequest(), failure, problem);
        }
        return write(exchange, problem);
    }

    private static boolean isAnsweredByServer(ServerHttpResponse response) {
        return ServerHttpResponseDecorator.getNativeResponse(response) instanceof HttpServerResponse server
                && server.hasSentHeaders();
    }

    private ProblemException fault(ServerHttpRequest request, Throwable failure, ProblemException problem) {
        String errorId = errorIds.generateId().toString();
        log.error(
                "{} {} failed, error {}", request.getMethod(), request.getPath().value(), errorId, failure);
        return problem.with("errorId", errorId);
    }

    private Mono<Void> write(ServerWebExchange exchange, ProblemException problem) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(problem.status()));
        HttpHeaders headers = response.getHeaders();
        // Of the answer that was on its way; a length or an encoding of it would be wrong for this one.
        headers.clearContentHeaders();
        headers.remove(HttpHeaders.ETAG);
        problem.headers().forEach(headers::set);
        headers.setCacheControl("no-store");
        headers.setVary(List.of(HttpHeaders.ACCEPT, HttpHeaders.ACCEPT_LANGUAGE));
        return Browsers.wantsPage(exchange.getRequest()) ? page.write(exchange, problem) : json(exchange, problem);
    }

    private static Mono<Void> json(ServerWebExchange exchange, ProblemException problem) {
        ServerHttpResponse response = exchange.getResponse();
        byte[] body = EventJson.mapper().writeValueAsBytes(problem.body(language(exchange.getRequest())));
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().setContentLength(body.length);
        if (HttpMethod.HEAD.equals(exchange.getRequest().getMethod())) {
            return response.setComplete();
        }
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static Locale language(ServerHttpRequest request) {
        @Nullable Locale asked;
        try {
            asked = request.getHeaders().getAcceptLanguageAsLocales().stream()
                    .findFirst()
                    .orElse(null);
        } catch (IllegalArgumentException malformed) {
            asked = null;
        }
        return asked == null ? Locale.SIMPLIFIED_CHINESE : asked;
    }
}
