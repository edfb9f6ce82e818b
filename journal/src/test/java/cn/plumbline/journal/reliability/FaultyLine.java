package cn.plumbline.journal.reliability;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * A TCP proxy between a driver and its server that loses, cuts, holds and delays whole messages of MongoDB's wire
 * protocol. On one connection a request follows the answer to the one before it, so that one thread carries both. It
 * works without faults until it is given dice.
 */
final class FaultyLine implements AutoCloseable {

    /** What becomes of a request and its answer. */
    enum Fault {
        NONE,
        /** The server gets it late, perhaps when nobody waits for the answer any more. */
        LATE,
        /** The connection ends; the server has not seen the request. */
        CUT_BEFORE_REQUEST,
        /** The connection ends in the middle of the request. */
        CUT_IN_REQUEST,
        /** The server has done what it was asked, and the connection ends. */
        CUT_BEFORE_REPLY,
        /** The connection ends in the middle of the answer. */
        CUT_IN_REPLY,
        /** The server does not get the request, and the connection stays open. */
        STALLED_BEFORE_REQUEST,
        /** The server has done what it was asked, its answer does not come, and the connection stays open. */
        STALLED_BEFORE_REPLY
    }

    private static final int DATA_FAULTS_PER_MILLE = 100;
    private static final int GREETING_FAULTS_PER_MILLE = 20;
    private static final Set<String> DATA_COMMANDS = Set.of("insert", "find");

    /** In such proportions: a stall costs the client a time limit. */
    private static final List<Fault> DATA_FAULTS = List.of(
            Fault.CUT_BEFORE_REQUEST,
            Fault.CUT_BEFORE_REQUEST,
            Fault.CUT_BEFORE_REQUEST,
            Fault.CUT_IN_REQUEST,
            Fault.CUT_IN_REQUEST,
            Fault.CUT_BEFORE_REPLY,
            Fault.CUT_BEFORE_REPLY,
            Fault.CUT_BEFORE_REPLY,
            Fault.CUT_BEFORE_REPLY,
            Fault.CUT_BEFORE_REPLY,
            Fault.CUT_IN_REPLY,
            Fault.CUT_IN_REPLY,
            Fault.LATE,
            Fault.STALLED_BEFORE_REQUEST,
            Fault.STALLED_BEFORE_REPLY);

    /** A greeting that stalls would only make the driver wait for its own time limit. */
    private static final List<Fault> GREETING_FAULTS =
            List.of(Fault.CUT_BEFORE_REQUEST, Fault.CUT_IN_REQUEST, Fault.CUT_BEFORE_REPLY, Fault.CUT_IN_REPLY);

    private static final int HEADER_BYTES = 16;
    private static final int OP_MSG = 2013;
    /** Where the first element's name begins in a message: after header, flags, kind, length and type. */
    private static final int COMMAND_AT = HEADER_BYTES + 4 + 1 + 4 + 1;

    private static final int MOST_BYTES = 48 << 20;

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final Duration delay;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    final Map<Fault, AtomicLong> done = new EnumMap<>(Fault.class);
    private volatile Function<String, Fault> dice = command -> Fault.NONE;

    /**
     * @param server where the line ends
     * @param delay how late {@link Fault#LATE} is
     */
    FaultyLine(InetSocketAddress server, Duration delay) throws IOException {
        this.server = server;
        this.delay = delay;
        for (Fault fault : Fault.values()) {
            done.put(fault, new AtomicLong());
        }
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var unused = Thread.ofVirtual().name("line").start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From now on the dice say, by the name of the command, what becomes of a request; called by any thread. */
    void throwDice(Function<String, Fault> newDice) {
        dice = newDice;
    }

    /** From now on a tenth of the reads and writes meets a fault, and some of the driver's own messages. */
    void breakBy(Random dice) {
        throwDice(command -> {
            synchronized (dice) {
                boolean data = DATA_COMMANDS.contains(command);
                if (dice.nextInt(1000) >= (data ? DATA_FAULTS_PER_MILLE : GREETING_FAULTS_PER_MILLE)) {
                    return Fault.NONE;
                }
                List<Fault> faults = data ? DATA_FAULTS : GREETING_FAULTS;
                return faults.get(dice.nextInt(faults.size()));
            }
        });
    }

    /** From now on nothing more breaks. */
    void mend() {
        throwDice(command -> Fault.NONE);
    }

    /** How often a fault has happened. */
    long count(Fault fault) {
        return done.get(fault).get();
    }

    /** How many faults have happened. */
    long faults() {
        return done.entrySet().stream()
                .filter(entry -> entry.getKey() != Fault.NONE)
                .mapToLong(entry -> entry.getValue().get())
                .sum();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                var unused = Thread.ofVirtual().start(() -> carry(client));
            }
        } catch (IOException closed) {
            // the end of the line
        }
    }

    private void carry(Socket client) {
        try (client;
                Socket there = new Socket()) {
            sockets.add(client);
            sockets.add(there);
            client.setTcpNoDelay(true);
            there.setTcpNoDelay(true);
            there.connect(server);
            if (listener.isClosed()) {
                return;
            }
            DataInputStream requests = new DataInputStream(client.getInputStream());
            DataInputStream replies = new DataInputStream(there.getInputStream());
            boolean goesOn = true;
            while (goesOn) {
                goesOn = carryOne(requests, replies, client.getOutputStream(), there.getOutputStream());
            }
        } catch (IOException ended) {
            // by one of the two sides, or with the line
        } finally {
            sockets.removeIf(Socket::isClosed);
        }
    }

    /** Carries a request and its answer; false when the connection ends. */
    private boolean carryOne(DataInputStream requests, DataInputStream replies, OutputStream back, OutputStream forth)
            throws IOException {
        byte[] request = message(requests);
        Fault fault = dice.apply(command(request));
        done.get(fault).incrementAndGet();
        switch (fault) {
            case CUT_BEFORE_REQUEST -> {
                return false;
            }
            case CUT_IN_REQUEST -> {
                forth.write(request, 0, request.length / 2);
                return false;
            }
            case STALLED_BEFORE_REQUEST -> {
                return awaitEnd(requests);
            }
            case LATE -> LockSupport.parkNanos(delay.toNanos());
            default -> {
                // what happens to the others happens to the answer
            }
        }
        forth.write(request);
        byte[] reply = message(replies);
        return switch (fault) {
            case CUT_BEFORE_REPLY -> false;
            case CUT_IN_REPLY -> {
                back.write(reply, 0, reply.length / 2);
                yield false;
            }
            case STALLED_BEFORE_REPLY -> awaitEnd(requests);
            default -> {
                back.write(reply);
                yield true;
            }
        };
    }

    /** Says nothing until the client hangs up. */
    private static boolean awaitEnd(DataInputStream requests) throws IOException {
        while (requests.read() >= 0) {
            // a client that waits says nothing either
        }
        return false;
    }

    private static byte[] message(DataInputStream in) throws IOException {
        int length = Integer.reverseBytes(in.readInt());
        if (length < HEADER_BYTES || length > MOST_BYTES) {
            throw new IOException("A message of " + length + " bytes");
        }
        byte[] message = new byte[length];
        ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).putInt(length);
        in.readFully(message, Integer.BYTES, length - Integer.BYTES);
        return message;
    }

    /** The command's name; "hello" for the old form of that. */
    private static String command(byte[] request) {
        if (ByteBuffer.wrap(request).order(ByteOrder.LITTLE_ENDIAN).getInt(12) != OP_MSG) {
            return "hello";
        }
        int end = COMMAND_AT;
        while (request[end] != 0) {
            end++;
        }
        return new String(request, COMMAND_AT, end - COMMAND_AT, StandardCharsets.UTF_8);
    }
}
