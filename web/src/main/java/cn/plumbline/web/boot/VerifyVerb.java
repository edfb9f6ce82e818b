package cn.plumbline.web.boot;

import cn.plumbline.web.boot.Arguments.Misunderstood;
import cn.plumbline.web.notes.BadNote;
import cn.plumbline.web.notes.VerifierKey;
import cn.plumbline.web.verify.ExportCheck;
import cn.plumbline.web.verify.Findings;
import cn.plumbline.web.verify.LogCheck;
import cn.plumbline.web.verify.RemoteLog;
import cn.plumbline.web.verify.Trust;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code verify FILE} and {@code verify --server=URL}: checks a history, without starting anything. */
final class VerifyVerb {

    private static final Set<String> OPTIONS = Set.of("server", "vkey", "checkpoint");

    private VerifyVerb() {}

    /** Whether all of it holds. */
    static boolean run(List<String> words, PrintStream out) throws IOException {
        Arguments arguments = Arguments.parse(words, OPTIONS);
        Trust trust = new Trust(keys(arguments.option("vkey")), earlier(arguments.option("checkpoint")));
        Findings findings = new Findings(out);
        String server = arguments.option("server");
        if (server == null) {
            if (arguments.others().size() != 1) {
                throw new Misunderstood("须指明一个导出文件或 --server=URL name one export file, or --server=URL");
            }
            try (BufferedReader lines =
                    Files.newBufferedReader(Path.of(arguments.others().getFirst()))) {
                var unused = new ExportCheck(trust, findings).check(lines);
            }
        } else {
            if (trust.keys().isEmpty() || !arguments.others().isEmpty()) {
                throw new Misunderstood(
                        "核对服务器须用 --vkey 给出公钥：服务器不能为自己作证 a server cannot vouch for itself; give its key by --vkey");
            }
            var unused = new LogCheck(remote(server, null), trust, findings).check();
        }
        findings.close();
        return findings.count() == 0;
    }

    static RemoteLog remote(String server, @Nullable String credentials) {
        try {
            return new RemoteLog(server, credentials);
        } catch (IllegalArgumentException e) {
            throw new Misunderstood("不是网址 not an address: " + server);
        }
    }

    private static List<VerifierKey> keys(@Nullable String text) {
        try {
            return text == null ? List.of() : List.of(VerifierKey.parse(text));
        } catch (BadNote e) {
            throw new Misunderstood("不是公钥 not a verifier key: " + text);
        }
    }

    private static @Nullable String earlier(@Nullable String file) throws IOException {
        return file == null ? null : Files.readString(Path.of(file), StandardCharsets.UTF_8);
    }
}
