package cn.plumbline.web.problems;

import io.netty.channel.ChannelOption;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/** How long the parts of a request may be before the server refuses it, and that it refuses by a problem. */
final class ServerLimits implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

    /** The request line, in bytes; a feed that filters by many tags has a long one. */
    static final int LINE_BYTES_MAX = 16 * 1024;

    /** All header fields together, in bytes. */
    static final int HEADER_BYTES_MAX = 32 * 1024;

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(ServerLimits::limited);
    }

    private static HttpServer limited(HttpServer server) {
        return server.httpRequestDecoder(
                        spec -> spec.maxInitialLineLength(LINE_BYTES_MAX).maxHeaderSize(HEADER_BYTES_MAX))
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .doOnChannelInit((observer, channel, address) -> channel.pipeline()
                        .addAfter(NettyPipeline.HttpCodec, "plumbline.refusals", new RefusalBody())
                        .addAfter(NettyPipeline.HttpCodec, "plumbline.halfclosed", new HalfClosed())
                        .addAfter(NettyPipeline.HttpCodec, "plumbline.requests", new RequestCheck()));
    }
}
