package cn.plumbline.web.problems;

import cn.plumbline.events.EventJson;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/**
 * Gives a body to refusals that have none: those of the HTTP server itself, which come before the application sees the
 * request (a line or header too long, a request that cannot be read), and bare statuses of the framework.
 *
 * <p>One per connection, between the server's own handlers and the codec, through which all answers pass. After such a
 * refusal the connection is closed gently: first only for what the server sends, since a close with bytes of the client
 * unread would make the client's system throw away the answer.
 */
final class RefusalBody extends ChannelDuplexHandler {

    /** How long the client may go on sending, unheard, before the connection is closed; in milliseconds. */
    private static final long LINGER_MILLIS = 500;

    /** Whether the last answer was one of these; of the connection's event loop. */
    private boolean refused;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof FullHttpResponse response && refusesWithoutWords(response)) {
            FullHttpResponse told = told(response);
            response.release();
            refused = true;
            super.write(context, told, promise);
        } else {
            refused = refused && !(message instanceof HttpResponse);
            super.write(context, message, promise);
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) throws Exception {
        if (refused && context.channel() instanceof DuplexChannel channel && !channel.isOutputShutdown()) {
            var unused = channel.shutdownOutput();
            channel.config().setAutoRead(true);
            var unusedTimer =
                    context.executor().schedule(() -> closed(context, promise), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            super.close(context, promise);
        }
    }

    private static void closed(ChannelHandlerContext context, ChannelPromise promise) {
        var unused = context.close(promise);
    }

    private static boolean refusesWithoutWords(FullHttpResponse response) {
        HttpStatusClass kind = response.status().codeClass();
        return (kind == HttpStatusClass.CLIENT_ERROR || kind == HttpStatusClass.SERVER_ERROR)
                && !response.content().isReadable()
                && !response.headers().contains(HttpHeaderNames.CONTENT_TYPE);
    }

    private static FullHttpResponse told(FullHttpResponse response) {
        int status = response.status().code();
        ProblemException problem = status == 400
                ? ProblemException.of(status, "MALFORMED_REQUEST")
                : FrameworkProblems.of(HttpStatusCode.valueOf(status));
        byte[] body = EventJson.mapper().writeValueAsBytes(problem.body(Locale.SIMPLIFIED_CHINESE));
        FullHttpResponse told = new DefaultFullHttpResponse(
                response.protocolVersion(), response.status(), Unpooled.wrappedBuffer(body));
        HttpHeaders headers = told.headers().set(response.headers());
        headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
        headers.set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        return told;
    }
}
