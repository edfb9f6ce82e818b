package cn.plumbline.web.problems;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Refuses bodies over 1 MiB: at once where the request says its length, else when that much has come. Batches are
 * exempt, whose lines are limited one by one.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BodyLimit implements WebFilter {

    static final int BODY_BYTES_MAX = 1024 * 1024;

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (isBatch(request)) {
            return chain.filter(exchange);
        }
        if (request.getHeaders().getContentLength() > BODY_BYTES_MAX) {
            return Mono.error(tooLarge());
        }
        return chain.filter(exchange.mutate().request(new Limited(request)).build());
    }

    private static boolean isBatch(ServerHttpRequest request) {
        try {
            @Nullable MediaType type = request.getHeaders().getContentType();
            return MediaType.APPLICATION_NDJSON.isCompatibleWith(type);
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }

    private static ProblemException tooLarge() {
        return ProblemException.of(413, "BODY_TOO_LARGE").with("bytesMax", BODY_BYTES_MAX);
    }

    private static final class Limited extends ServerHttpRequestDecorator {

        Limited(ServerHttpRequest request) {
            super(request);
        }

        /**
         * The body in one piece, read when it is asked for. What comes after must not know of the pieces: a decoder and
         * an encoder in one chain each release what is discarded, which is once too often.
         */
        @Override
        public Flux<DataBuffer> getBody() {
            return DataBufferUtils.join(super.getBody(), BODY_BYTES_MAX)
                    .map(Limited::copied)
                    .onErrorMap(DataBufferLimitException.class, limit -> tooLarge())
                    .contextWrite(context -> Context.empty())
                    .flux();
        }

        private static DataBuffer copied(DataBuffer joined) {
            byte[] bytes = new byte[joined.readableByteCount()];
            joined.read(bytes);
            DataBufferUtils.release(joined);
            return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
        }
    }
}
