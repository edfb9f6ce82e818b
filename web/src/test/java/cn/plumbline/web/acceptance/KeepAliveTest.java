package cn.plumbline.web.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One connection takes request after request, as a browser sends them: the next one as soon as an answer is whole. */
@ExtendWith(SharedHouse.class)
class KeepAliveTest {

    private static final int ROUNDS = 300;
    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(20).toMillis();
    private static final String CREDENTIALS =
            Base64.getEncoder().encodeToString("clerk:clerk".getBytes(StandardCharsets.US_ASCII));

    private final House house;

    KeepAliveTest(House house) {
        this.house = house;
    }

    /** A page comes from another thread than a redirect, which is answered while the page before is being finished. */
    @Test
    void anAnswerAtOnceAfterAPageLeavesTheConnectionReading() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), house.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            InputStream answers = new BufferedInputStream(socket.getInputStream());
            for (int round = 0; round < ROUNDS; round++) {
                assertThat(ask(socket, answers, "/login")).as("round %d", round).isEqualTo("200");
                assertThat(ask(socket, answers, "/")).as("round %d", round).isEqualTo("302");
            }
        }
    }

    private static String ask(Socket socket, InputStream answers, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic " + CREDENTIALS
                + "\r\nAccept: text/html\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String status = line(answers).substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
        int length = 0;
        for (String header = line(answers); !header.isEmpty(); header = line(answers)) {
            if (header.regionMatches(true, 0, "content-length:", 0, "content-length:".length())) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
        }
        assertThat(answers.readNBytes(length)).hasSize(length);
        return status;
    }

    private static String line(InputStream answers) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = answers.read(); next != '\n'; next = answers.read()) {
            if (next < 0) {
                throw new IOException("closed after " + line);
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
