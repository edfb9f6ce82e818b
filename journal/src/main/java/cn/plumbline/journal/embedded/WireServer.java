package cn.plumbline.journal.embedded;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.wire.MongoWireMessageEncoder;
import de.bwaldvogel.mongo.wire.MongoWireProtocolHandler;
import de.bwaldvogel.mongo.wire.MongoWireReplyEncoder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The MongoDB wire protocol on 127.0.0.1. Two event loop threads read and write;
 * commands run on threads of their own, because they wait for commits. The queue before those is bounded by the number
 * of connections, as each has at most one request at work.
 */
final class WireServer {

    private static final int EVENT_LOOP_THREADS = 2;
    private static final int COMMAND_THREADS = 16;
    private static final int CLOSE_SECONDS = 5;

    /** A handshake or an authentication is far smaller; a stranger cannot make the server buffer more. */
    private static final int STRANGER_BYTES = 16 * 1024;

    private final EventLoopGroup loops;
    private final ChannelGroup channels;
    private final ThreadPoolExecutor commands;
    private final Channel listener;

    private WireServer(MongoBackend backend, Secret secret, int connections, int port) throws PortTaken {
        this.loops = new MultiThreadIoEventLoopGroup(
                EVENT_LOOP_THREADS, new DefaultThreadFactory("embedded-mongo-io", true), NioIoHandler.newFactory());
        this.channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        this.commands = commandThreads();
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(pipeline(backend, secret, connections))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stopThreads();
            throw new PortTaken(port, bound.cause());
        }
        this.listener = bound.channel();
    }

    /**
     * Binds and serves.
     *
     * @param port 0 = one that the system chooses
     * @throws PortTaken if another process listens there
     */
    static WireServer listen(MongoBackend backend, Secret secret, int connections, int port) throws PortTaken {
        return new WireServer(backend, secret, connections, port);
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Hangs up on everyone, lets the commands at work end (a few seconds at most), and stops all threads. */
    void close() throws InterruptedException {
        boolean closed = listener.close().await(CLOSE_SECONDS, TimeUnit.SECONDS);
        boolean hungUp = channels.close().await(CLOSE_SECONDS, TimeUnit.SECONDS);
        commands.shutdown();
        boolean ended = commands.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        stopThreads();
        if (!closed || !ended || !hungUp) {
            throw new IllegalStateException("the embedded server did not stop within its time");
        }
    }

    private ChannelInitializer<SocketChannel> pipeline(MongoBackend backend, Secret secret, int connections) {
        AtomicInteger open = new AtomicInteger();
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                var unused = channel.closeFuture().addListener(closed -> open.decrementAndGet());
                if (open.incrementAndGet() > connections) {
                    var unusedToo = channel.close();
                    return;
                }
                channels.add(channel);
                Session session = new Session();
                channel.pipeline()
                        .addLast(new StrangerLimit(session))
                        .addLast(new MongoWireReplyEncoder(), new MongoWireMessageEncoder())
                        .addLast(new MongoWireProtocolHandler(), new FlowControlHandler())
                        .addLast(new RequestHandler(backend, commands, secret, session));
            }
        };
    }

    private void stopThreads() {
        commands.shutdownNow();
        var unused = loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    /** Threads that are there from the start behind a queue without locks, so that no event loop waits to hand over. */
    private static ThreadPoolExecutor commandThreads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                COMMAND_THREADS,
                COMMAND_THREADS,
                0,
                TimeUnit.SECONDS,
                new LinkedTransferQueue<>(),
                Thread.ofPlatform()
                        .name("embedded-mongo-command-", 0)
                        .daemon(true)
                        .factory());
        var unused = threads.prestartAllCoreThreads();
        return threads;
    }

    /** Ends a connection that sends much without having authenticated. */
    private static final class StrangerLimit extends ChannelInboundHandlerAdapter {

        private final Session session;

        StrangerLimit(Session session) {
            this.session = session;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object data) {
            int bytes = ((ByteBuf) data).readableBytes();
            if (!session.isAuthenticated() && session.received(bytes) > STRANGER_BYTES) {
                ((ByteBuf) data).release();
                var unused = ctx.close();
                return;
            }
            var unused = ctx.fireChannelRead(data);
        }
    }
}
