package cn.plumbline.journal.embedded;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** A connection that speaks the wire protocol by hand, as a stranger might. */
final class RawConnection implements AutoCloseable {

    private static final int OP_MSG = 2013;
    private static final int OP_QUERY = 2004;
    private static final int HEADER = 16;
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;

    RawConnection(EmbeddedMongo server) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Sends a command as the driver does after its handshake, and returns the answer. */
    BsonDocument message(BsonDocument command) throws IOException {
        ByteBuffer body = bson(command);
        send(OP_MSG, ByteBuffer.allocate(5).put(4, (byte) 0), body);
        return answer(5);
    }

    /** Sends a command as the driver does in its handshake, and returns the answer. */
    BsonDocument query(String collection, BsonDocument command) throws IOException {
        byte[] name = collection.getBytes(StandardCharsets.UTF_8);
        ByteBuffer head = little(4 + name.length + 1 + 8).putInt(0).put(name).put((byte) 0);
        send(OP_QUERY, head.putInt(0).putInt(-1).flip(), bson(command));
        return answer(20);
    }

    void bytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Whether the server has ended the connection, with or without a good-bye. */
    boolean isEnded() {
        try {
            return in.read() < 0;
        } catch (IOException reset) {
            return !(reset instanceof java.net.SocketTimeoutException);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void send(int operation, ByteBuffer head, ByteBuffer body) throws IOException {
        int length = HEADER + head.remaining() + body.remaining();
        byte[] message = new byte[length];
        ByteBuffer.wrap(message)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .putInt(1)
                .putInt(0)
                .putInt(operation)
                .put(head)
                .put(body);
        bytes(message);
    }

    private BsonDocument answer(int skipped) throws IOException {
        int length = Integer.reverseBytes(in.readInt());
        byte[] rest = new byte[length - 4];
        in.readFully(rest);
        int start = HEADER - 4 + skipped;
        return new RawBsonDocument(rest, start, rest.length - start).decode(new BsonDocumentCodec());
    }

    private static ByteBuffer bson(BsonDocument document) {
        return Objects.requireNonNull(new RawBsonDocument(document, new BsonDocumentCodec()).getByteBuffer())
                .asNIO();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
