package cn.plumbline.web.boot;

import cn.plumbline.journal.embedded.EmbeddedMongo;
import cn.plumbline.journal.embedded.EmbeddedSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;

/**
 * {@code database}: serves the embedded database to several processes on this machine, for tests and trials, until it is
 * stopped. The source of an application of its own, so no part of the one that serves people.
 */
final class DatabaseVerb {

    /** Not MongoDB's own, so that nobody takes the one for the other. */
    static final String PORT = "27717";

    private static final Set<String> OPTIONS = Set.of("port", "data-dir");
    private static final Duration CLOSING_LIMIT = Duration.ofSeconds(15);

    /** Starts, and says how nodes are to be started. */
    static void run(List<String> words, PrintStream out) {
        Arguments arguments = Arguments.parse(words, OPTIONS);
        if (!arguments.others().isEmpty()) {
            throw new Arguments.Misunderstood("多余的参数 not understood: " + arguments.others());
        }
        SpringApplication application = new SpringApplication(DatabaseVerb.class);
        application.setBannerMode(Banner.Mode.OFF);
        EmbeddedMongo database = application
                .run(
                        "--spring.main.web-application-type=none",
                        "--spring.main.keep-alive=true",
                        "--port=" + port(arguments.option("port", PORT)),
                        "--data-dir=" + arguments.option("data-dir", PlumblineProperties.DATA_DIR))
                .getBean(EmbeddedMongo.class);
        out.println("""
                数据库已启动，仅供本机测试与试用 The database is up, for tests and trials on this machine
                节点这样连接 nodes connect to it by
                  plumbline serve --plumbline.mongodb.uri=mongodb://127.0.0.1:%d --plumbline.mongodb.secret-file=%s
                """.formatted(
                        database.port(), database.secretFile().orElseThrow().toAbsolutePath()));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException noNumber) {
            // told below
        }
        throw new Arguments.Misunderstood("不是端口 not a port: " + text);
    }

    @Bean(destroyMethod = "")
    EmbeddedMongo embeddedMongo(@Value("${port}") int port, @Value("${data-dir}") Path directory) {
        return Opening.await(EmbeddedMongo.open(EmbeddedSettings.shared(directory, port)));
    }

    @Bean
    AutoCloseable closing(EmbeddedMongo database) {
        return () -> Opening.complete(database.close(), CLOSING_LIMIT);
    }
}
