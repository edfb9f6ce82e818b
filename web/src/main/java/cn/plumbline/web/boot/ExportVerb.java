package cn.plumbline.web.boot;

import cn.plumbline.web.boot.Arguments.Misunderstood;
import cn.plumbline.web.verify.Exporter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** {@code export}: writes all events with their evidence, from a running system or straight from its database. */
final class ExportVerb {

    private static final Set<String> OPTIONS = Set.of(
            "server",
            "user",
            "to",
            "plumbline.data-dir",
            "plumbline.mongodb.uri",
            "plumbline.mongodb.secret-file",
            "plumbline.mongodb.database",
            "plumbline.proof.origin",
            "plumbline.proof.key-file");
    private static final String PASSWORD = "PLUMBLINE_PASSWORD";

    private ExportVerb() {}

    /** Where the events come from. */
    private interface Source {
        long write(Writer to, LongConsumer progress) throws IOException;
    }

    static void run(List<String> words, PrintStream progress) throws IOException {
        Arguments arguments = Arguments.parse(words, OPTIONS);
        if (!arguments.others().isEmpty()) {
            throw new Misunderstood("多余的参数 not understood: " + arguments.others());
        }
        Path file = Path.of(arguments.required("to")).toAbsolutePath();
        Source source = source(arguments);
        // Under another name until it is whole.
        Path partial = file.resolveSibling(file.getFileName() + ".part");
        long count;
        try (Writer writer = Files.newBufferedWriter(partial)) {
            count = source.write(writer, position -> progress.print("\r" + position));
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        progress.println("\r已导出 " + count + " 个事件到 exported to " + file);
    }

    private static Source source(Arguments arguments) {
        String server = arguments.option("server");
        if (server == null) {
            return (to, progress) -> LocalExport.write(LocalExport.properties(arguments), to, progress);
        }
        Exporter exporter = new Exporter(VerifyVerb.remote(server, credentials(arguments.required("user"))));
        return exporter::export;
    }

    /** The password may stand in the environment, since others can see a command line. */
    private static String credentials(String user) {
        @Nullable String password = System.getenv(PASSWORD);
        if (user.contains(":")) {
            return user;
        }
        if (password == null) {
            throw new Misunderstood("口令由 --user=NAME:PASSWORD 或环境变量 " + PASSWORD
                    + " 给出 give the password by --user=NAME:PASSWORD or in " + PASSWORD);
        }
        return user + ":" + password;
    }
}
