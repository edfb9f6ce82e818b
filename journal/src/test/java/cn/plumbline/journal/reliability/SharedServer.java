package cn.plumbline.journal.reliability;

import cn.plumbline.journal.embedded.EmbeddedMongo;
import cn.plumbline.journal.embedded.EmbeddedSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * A {@link Child} that is a database for other processes until it is killed. It compacts its file in every pause.
 * Arguments: the data directory, the port, 0 = one that the system chooses.
 */
public final class SharedServer {

    static final String OPEN = "OPEN ";

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration IDLE_AFTER = Duration.ofMillis(30);

    private SharedServer() {}

    public static void main(String[] arguments) throws IOException {
        EmbeddedSettings settings = EmbeddedSettings.shared(Path.of(arguments[0]), Integer.parseInt(arguments[1]))
                .withIdleAfter(IDLE_AFTER);
        EmbeddedMongo server =
                Objects.requireNonNull(EmbeddedMongo.open(settings).block(LIMIT));
        Child.say(OPEN + server.port());
        Child.awaitParentsEnd();
        server.close().block(LIMIT);
    }
}
