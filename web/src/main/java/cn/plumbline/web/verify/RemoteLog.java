package cn.plumbline.web.verify;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A running system, read over HTTP; for the command line, which may wait. */
public final class RemoteLog {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int OK = 200;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String server;
    private final @Nullable String credentials;

    /**
     * A system at an address.
     *
     * @param server such as {@code http://127.0.0.1:8080}
     * @param credentials {@code name:password}, where they are needed
     * @throws IllegalArgumentException if that is no address
     */
    public RemoteLog(String server, @Nullable String credentials) {
        URI address = URI.create(server);
        if (address.getHost() == null || !List.of("http", "https").contains(address.getScheme())) {
            throw new IllegalArgumentException(server);
        }
        this.server = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
        this.credentials = credentials;
    }

    /** The newest checkpoint. */
    public String checkpoint() throws IOException {
        return text("/checkpoint");
    }

    /** Has all signed that is recorded by now. */
    void sign() throws IOException {
        var unused = send("/api/checkpoints", "POST");
    }

    /** The verifier keys, newest first. */
    public List<String> verifierKeys() throws IOException {
        return text("/vkey").lines().toList();
    }

    /** A page of the feed, as JSON. */
    public byte[] events(long after, int limit) throws IOException {
        return get("/api/events?after=" + after + "&limit=" + limit);
    }

    /** A tile of hashes. */
    byte[] tile(int level, long index, int width) throws IOException {
        return get("/tile/" + level + "/" + path(index, width));
    }

    /** A bundle of entries. */
    byte[] entries(long index, int width) throws IOException {
        return get("/tile/entries/" + path(index, width));
    }

    private static String path(long index, int width) {
        StringBuilder path = new StringBuilder("%03d".formatted(index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path.insert(0, "x%03d/".formatted(rest % 1000));
        }
        return width == LogCheck.TILE_WIDTH ? path.toString() : path + ".p/" + width;
    }

    private String text(String path) throws IOException {
        return new String(get(path), StandardCharsets.UTF_8);
    }

    private byte[] get(String path) throws IOException {
        return send(path, "GET");
    }

    private byte[] send(String path, String method) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(TIMEOUT)
                .header("Accept", "*/*");
        if (credentials != null) {
            byte[] plain = credentials.getBytes(StandardCharsets.UTF_8);
            var unused = request.header(
                    "Authorization", "Basic " + Base64.getEncoder().encodeToString(plain));
        }
        try {
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != OK) {
                throw new IOException(path + ": HTTP " + answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
