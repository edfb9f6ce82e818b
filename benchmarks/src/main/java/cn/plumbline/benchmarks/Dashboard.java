package cn.plumbline.benchmarks;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** A client that follows the coverage map of an organ, and remembers when which position arrived. */
final class Dashboard implements AutoCloseable {

    private static final String ID = "id:";

    private final HttpConnection connection;
    private final ConcurrentSkipListMap<Long, Long> arrivals = new ConcurrentSkipListMap<>();
    private volatile boolean closed;

    Dashboard(HttpConnection connection, String organ) throws IOException {
        this.connection = connection;
        connection.follow(path(organ));
        Thread.ofPlatform().daemon().name("dashboard " + organ).start(this::read);
    }

    static String path(String organ) {
        return "/api/views/coverage-map/stream?organ=" + organ;
    }

    private void read() {
        try {
            while (true) {
                String line = connection.line();
                if (line.startsWith(ID)) {
                    arrivals.put(Long.parseLong(line.substring(ID.length()).strip()), System.nanoTime());
                }
            }
        } catch (IOException e) {
            if (!closed) {
                throw new IllegalStateException("A dashboard lost its stream", e);
            }
        }
    }

    /** When the first event that reflects a position came; null while none did. */
    @Nullable
    Long arrival(long position) {
        Map.Entry<Long, Long> entry = arrivals.ceilingEntry(position);
        return entry == null ? null : entry.getValue();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        connection.close();
    }
}
