package cn.plumbline.web.problems;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.TimeUnit;
import org.springframework.http.MediaType;

/**
 * Answers a client who has said that he will send no more, as many a script does once its request is out. To the server
 * that looks like a client who has gone. So what was asked is answered when it is soon, and a stream, which would never
 * end, is ended.
 *
 * <p>One per connection, between the codec and the server's own handlers. All fields are of its event loop.
 */
final class HalfClosed extends ChannelDuplexHandler {

    /** How long an answer may keep a client waiting who may be gone. */
    private static final long PATIENCE_SECONDS = 10;

    /** Requests whose answers are not out. */
    private int open;

    /** Whether the end of a request is still to come. */
    private boolean asking;

    /** Whether an answer has begun and not ended. */
    private boolean answering;

    private boolean streaming;
    private boolean over;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            open++;
            asking = true;
        }
        if (message instanceof LastHttpContent) {
            asking = false;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpResponse response
                && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            answering = true;
            streaming = String.valueOf(response.headers().get(HttpHeaderNames.CONTENT_TYPE))
                    .startsWith(MediaType.TEXT_EVENT_STREAM_VALUE);
        }
        if (answering && message instanceof LastHttpContent) {
            answering = false;
            streaming = false;
            open--;
            if (over && open == 0) {
                var unused = promise.unvoid().addListener(done -> close(context));
            }
        }
        super.write(context, message, promise);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            over = true;
            if (open == 0 || asking || streaming) {
                close(context);
            } else {
                var unused =
                        context.executor().schedule(() -> stopWaiting(context), PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        }
        super.userEventTriggered(context, event);
    }

    private void stopWaiting(ChannelHandlerContext context) {
        if (!answering) {
            close(context);
        }
    }

    private static void close(ChannelHandlerContext context) {
        var unused = context.channel().close();
    }
}
