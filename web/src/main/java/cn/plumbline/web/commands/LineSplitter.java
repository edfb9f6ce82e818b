package cn.plumbline.web.commands;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;

/**
 * Cuts a stream of bytes into lines. Of a line over the limit nothing is kept, so memory does not depend on what a
 * client sends. One instance per stream.
 */
final class LineSplitter {

    /** The longest line, in bytes: what a single command's body may have. */
    static final int LINE_BYTES_MAX = 1 << 20;

    private static final int BUFFERS_AHEAD = 4;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean oversized;
    private long number;

    private LineSplitter() {}

    /** The lines of the bytes that are not blank; takes the buffers over and releases them. */
    static Flux<Line> split(Flux<DataBuffer> bytes) {
        return Flux.defer(() -> {
            LineSplitter splitter = new LineSplitter();
            return bytes.concatMapIterable(splitter::lines, BUFFERS_AHEAD)
                    .concatWith(Flux.defer(() -> Flux.fromIterable(splitter.rest())))
                    .doOnDiscard(DataBuffer.class, DataBufferUtils::release);
        });
    }

    private List<Line> lines(DataBuffer buffer) {
        List<Line> lines = new ArrayList<>();
        try {
            while (buffer.readableByteCount() > 0) {
                byte next = buffer.read();
                if (next == '\n') {
                    end(lines);
                } else {
                    add(next);
                }
            }
        } finally {
            DataBufferUtils.release(buffer);
        }
        return lines;
    }

    private List<Line> rest() {
        List<Line> lines = new ArrayList<>();
        if (line.size() > 0 || oversized) {
            end(lines);
        }
        return lines;
    }

    private void add(byte next) {
        if (oversized) {
            return;
        }
        if (line.size() == LINE_BYTES_MAX) {
            oversized = true;
            line.reset();
        } else {
            line.write(next);
        }
    }

    private void end(List<Line> lines) {
        number++;
        if (oversized) {
            lines.add(new Line(number, null));
        } else if (!line.toString(StandardCharsets.ISO_8859_1).isBlank()) {
            lines.add(new Line(number, line.toByteArray()));
        }
        line.reset();
        oversized = false;
    }
}
