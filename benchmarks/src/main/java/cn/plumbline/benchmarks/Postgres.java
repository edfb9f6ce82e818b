package cn.plumbline.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL for this run: the given one, or one of the machine's, started for it. */
final class Postgres implements AutoCloseable {

    private final @Nullable Child process;
    private final @Nullable String address;

    private Postgres(@Nullable Child process, @Nullable String address) {
        this.process = process;
        this.address = address;
    }

    /**
     * @param given a JDBC address; null = start one
     * @param script starts one
     */
    static Postgres start(@Nullable String given, String script) throws IOException {
        if (given != null) {
            return new Postgres(null, given);
        }
        Child process = Child.start("PostgreSQL", List.of(script, String.valueOf(freePort())));
        String address = process.tryRead();
        return new Postgres(process, address);
    }

    /** Another process may take it before it is used; then the start fails, and says so. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Its JDBC address; null when there is none. */
    @Nullable
    String address() {
        return address;
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
