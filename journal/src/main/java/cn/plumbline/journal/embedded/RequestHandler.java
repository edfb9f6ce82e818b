package cn.plumbline.journal.embedded;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.wire.message.ClientRequest;
import de.bwaldvogel.mongo.wire.message.MessageHeader;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import de.bwaldvogel.mongo.wire.message.MongoReply;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of one connection, one after the other, on the server's command threads: the event loop only
 * reads and writes, so no commit can stop it. Until the connection has authenticated, everything but the handshake is
 * refused and ends it. Errors are answered without the documents that they concern, and logged without them.
 */
final class RequestHandler extends SimpleChannelInboundHandler<ClientRequest> {

    private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);

    private static final int UNKNOWN_ERROR = 8;
    private static final int UNAUTHORIZED = 13;
    private static final int AUTHENTICATION_FAILED = 18;

    /** An answer, and whether the connection ends after it. */
    private record Answer(Document document, boolean last) {}

    private final MongoBackend backend;
    private final Executor commands;
    private final Authentication authentication;
    private final Session session;

    /** Whether a request is at work; event loop only. */
    private boolean busy;

    RequestHandler(MongoBackend backend, Executor commands, Secret secret, Session session) {
        super(ClientRequest.class);
        this.backend = backend;
        this.commands = commands;
        this.authentication = new Authentication(secret);
        this.session = session;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.read();
    }

    /** The next request is asked for only after the answer, so this runs for one request at a time. */
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ClientRequest request) {
        busy = true;
        session.requestComplete();
        commands.execute(() -> {
            try {
                reply(ctx, request, answer(request));
            } catch (Throwable fatal) {
                // Whatever it is, the client must not wait for an answer that does not come.
                exceptionCaught(ctx, fatal);
            } finally {
                if (!ctx.channel().isActive()) {
                    backend.handleClose(ctx.channel());
                }
            }
        });
    }

    /** What came was only a part of a request: the next part has to be asked for. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!busy) {
            ctx.read();
        }
    }

    /** Frees what the backend keeps per connection; a command still running does it again at its end. */
    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        backend.handleClose(ctx.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException
                || !session.isAuthenticated()
                || !ctx.channel().isActive()) {
            log.debug("connection to the embedded database ends", cause);
        } else {
            log.error("数据库连接中断 / A connection to the embedded database ends", cause);
        }
        var unused = ctx.close();
    }

    private Answer answer(ClientRequest request) {
        Document command = request instanceof MongoMessage message
                ? message.getDocument()
                : unwrapped(((MongoQuery) request).getQuery());
        String name = command.keySet().stream().findFirst().orElse("");
        CommandKind kind = CommandKind.of(name, command);
        try {
            if (kind == CommandKind.AUTHENTICATE) {
                return authenticate(name, command);
            }
            boolean allowed =
                    kind == CommandKind.HANDSHAKE || (session.isAuthenticated() && request instanceof MongoMessage);
            if (!allowed) {
                return new Answer(error(UNAUTHORIZED, "Unauthorized", "this connection has not authenticated"), true);
            }
            String database = request.getDatabaseName();
            Document answer = backend.handleCommand(request.getChannel(), database, name, command);
            if (kind == CommandKind.HANDSHAKE && command.containsKey("saslSupportedMechs")) {
                // A client that is not told assumes an older mechanism.
                answer.append("saslSupportedMechs", List.of(Authentication.MECHANISM));
            }
            return new Answer(answer, false);
        } catch (MongoServerError error) {
            return new Answer(error(error.getCode(), error.getCodeName(), error.getMessageWithoutErrorCode()), false);
        } catch (MongoServerException refused) {
            return new Answer(error(UNKNOWN_ERROR, "UnknownError", refused.getMessageWithoutErrorCode()), false);
        } catch (RuntimeException failure) {
            // Without the message, in which the server may quote whole documents.
            String type = failure.getClass().getName();
            log.error("数据库命令 {} 失败 / Database command {} failed: {}", name, name, type);
            log.debug("database command failed", failure);
            return new Answer(error(UNKNOWN_ERROR, "UnknownError", "command failed: " + name), false);
        }
    }

    private Answer authenticate(String name, Document command) {
        boolean begins = name.equalsIgnoreCase("saslStart");
        byte[] message = command.get("payload") instanceof BinData payload ? payload.getData() : new byte[0];
        if (begins && !Authentication.MECHANISM.equals(command.get("mechanism"))) {
            return authenticationFailed();
        }
        Optional<byte[]> answer = begins ? authentication.begin(message) : authentication.finish(message);
        if (answer.isPresent() && !begins) {
            session.authenticate();
        }
        return answer.map(payload -> step(payload, !begins)).orElseGet(RequestHandler::authenticationFailed);
    }

    private static Answer step(byte[] payload, boolean done) {
        return new Answer(
                new Document("conversationId", 1)
                        .append("done", done)
                        .append("payload", new BinData(payload))
                        .append("ok", 1.0),
                false);
    }

    private static Answer authenticationFailed() {
        return new Answer(error(AUTHENTICATION_FAILED, "AuthenticationFailed", "authentication failed"), true);
    }

    private void reply(ChannelHandlerContext ctx, ClientRequest request, Answer answer) {
        int id = request.getHeader().getRequestID();
        MessageHeader header = new MessageHeader(id, id);
        ChannelFuture written = ctx.writeAndFlush(
                request instanceof MongoMessage
                        ? new MongoMessage(request.getChannel(), header, answer.document())
                        : new MongoReply(header, List.of(answer.document()), 0));
        var unused = written.addListener(
                answer.last() ? ChannelFutureListener.CLOSE : (ChannelFutureListener) done -> nextRequest(ctx));
    }

    private void nextRequest(ChannelHandlerContext ctx) {
        busy = false;
        ctx.read();
    }

    private static Document unwrapped(Document query) {
        return query.get("$query") instanceof Document inner ? inner : query;
    }

    private static Document error(int code, String codeName, String message) {
        return new Document("ok", 0.0)
                .append("errmsg", message)
                .append("code", code)
                .append("codeName", codeName);
    }
}
