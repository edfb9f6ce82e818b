package cn.plumbline.web.boot;

import cn.plumbline.journal.Journal;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets a client go on at another node with what one node has told him. A position beyond this node's head, wherever it
 * stands in a request, may be one that another node has just given away, and so may the id of a command; before anybody
 * says that there is no such thing, the node looks at the journal as it is.
 */
@Component
@Order(LatestFirst.AFTER_SECURITY)
final class LatestFirst implements WebFilter {

    static final int AFTER_SECURITY = 0;

    private static final String RESUMED = "Last-Event-ID";
    /** The page about a command that this client has just sent, named by the command's id. */
    private static final String OWN_COMMAND = "/recorded/";

    private static final String ATTEMPTS = "/api/attempts";
    private static final int DIGITS_MAX = 18;

    private final Journals journals;

    LatestFirst(Journals journals) {
        this.journals = journals;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String path = request.getPath().value();
        Journal journal = path.startsWith(ATTEMPTS) ? journals.attempts() : journals.journal();
        boolean ahead = path.startsWith(OWN_COMMAND)
                || texts(request).anyMatch(text -> isPosition(text) && Long.parseLong(text) > journal.head());
        return ahead ? journal.latest().then(chain.filter(exchange)) : chain.filter(exchange);
    }

    private static Stream<String> texts(ServerHttpRequest request) {
        return Stream.of(
                        List.of(request.getPath().value().split("/", -1)),
                        request.getHeaders().getOrEmpty(RESUMED),
                        request.getQueryParams().values().stream()
                                .flatMap(Collection::stream)
                                .filter(Objects::nonNull)
                                .toList())
                .flatMap(Collection::stream);
    }

    private static boolean isPosition(String text) {
        return !text.isEmpty() && text.length() <= DIGITS_MAX && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
