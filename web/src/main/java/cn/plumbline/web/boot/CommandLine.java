package cn.plumbline.web.boot;

import cn.plumbline.web.proof.KeyRing;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The verbs of the command line. Exit codes: 0 done, 1 it did not work, 2 it was not understood.
 *
 * <p>{@code serve} is what happens without a verb; its options are Spring's, {@code --name=value}.
 */
final class CommandLine {

    private static final int FAILED = 1;
    private static final int NOT_UNDERSTOOD = 2;
    private static final Set<String> TOOLS = Set.of("export", "verify", "rotate-key");

    private static final String HELP = """
            准绳 Plumbline

            用法 Usage
              plumbline serve [选项 options]     启动（默认） start; the default verb
              plumbline export --to=FILE [--server=URL --user=NAME[:PASSWORD]] [--plumbline.data-dir=DIR]
                                                 导出全部事件及其证据 all events with their evidence
              plumbline verify FILE [--vkey=KEY] [--checkpoint=FILE]
                                                 离线核对导出文件 check an export offline
              plumbline verify --server=URL --vkey=KEY [--checkpoint=FILE]
                                                 核对运行中的系统 check a running system
              plumbline rotate-key [--plumbline.data-dir=DIR]
                                                 新建签名密钥，下次启动起用 a new signing key, used from the next start on
              plumbline database [--port=N] [--data-dir=DIR]
                                                 供本机多个进程使用的数据库，仅限测试与试用，默认端口 27717
                                                 a database for several processes on this machine, for tests and trials
              plumbline --help                   本说明 this text

            export 的口令也可放在环境变量 PLUMBLINE_PASSWORD。The password for export may stand in PLUMBLINE_PASSWORD.
            verify 的 --checkpoint 是较早保存的检查点。--checkpoint is one that was saved earlier.
            退出码 exit codes: 0 完成 done, 1 有不符或失败 findings or failure, 2 未能理解或无从核对 not understood, or not checkable

            启动选项 Options of serve
              --samples=inner-mongolia-2015      载入示例 load the sample; a re-run changes nothing
              --server.port=N                    端口，默认 8080 port
              --server.address=ADDR              监听地址，默认 127.0.0.1 address
              --plumbline.data-dir=DIR           内置数据库目录，默认 data directory of the embedded database
              --plumbline.mongodb.uri=URI        使用已有的 MongoDB use a MongoDB of yours
              --plumbline.mongodb.secret-file=FILE
                                                 该 MongoDB 的口令所在文件 the file with its password
              --plumbline.mongodb.database=NAME  该 MongoDB 的数据库名 name of the database there
              --plumbline.keep-index=false       每次启动都通读全部历史 read the whole history at each start
              --plumbline.views.claim-timeout=D  节点沉默多久后由别的节点推演其视图，默认 10s
                                                 after which silence of a node others feed its views
              --plumbline.node=NAME              本节点的名称，默认主机名与端口 of this node; default host and port
              --plumbline.proof.origin=NAME      检查点中的日志名称 name of the journal in its checkpoints
              --plumbline.proof.key-file=FILES   签名密钥，新的在前，默认在数据目录 keys, newest first; default beside the data
              --plumbline.zone=ZONE              “今天”所在时区，默认 Asia/Shanghai zone whose date is today
            """;

    private CommandLine() {}

    static void run(String[] args) {
        List<String> words = Arrays.asList(args);
        if (words.contains("--help") || words.contains("-h") || words.equals(List.of("help"))) {
            print(System.out, HELP);
            return;
        }
        if (!words.isEmpty() && words.getFirst().equals("database")) {
            database(words.subList(1, words.size()));
            return;
        }
        if (isTool(words)) {
            System.exit(tool(words.getFirst(), words.subList(1, words.size())));
        }
        boolean verb = !words.isEmpty() && !words.getFirst().startsWith("-");
        if (verb && !words.getFirst().equals("serve")) {
            refuse("未知命令 unknown verb: " + words.getFirst());
        }
        String[] options = (verb ? words.subList(1, words.size()) : words).toArray(String[]::new);
        for (String option : options) {
            if (!option.startsWith("--")) {
                refuse("选项须以 -- 开头 options begin with --: " + option);
            }
        }
        var unused = PlumblineApplication.application().run(options);
    }

    private static void database(List<String> words) {
        try {
            DatabaseVerb.run(words, System.out);
        } catch (Arguments.Misunderstood misunderstood) {
            refuse(Objects.requireNonNull(misunderstood.getMessage()));
        }
    }

    private static boolean isTool(List<String> words) {
        return !words.isEmpty() && TOOLS.contains(words.getFirst());
    }

    /** Runs a verb that ends by itself; the exit code. */
    static int tool(String verb, List<String> words) {
        try {
            switch (verb) {
                case "verify" -> {
                    return VerifyVerb.run(words, System.out) ? 0 : FAILED;
                }
                case "export" -> ExportVerb.run(words, System.err);
                default -> rotateKey(words);
            }
            return 0;
        } catch (Arguments.Misunderstood misunderstood) {
            print(System.err, misunderstood.getMessage() + "\n\n" + HELP);
            return NOT_UNDERSTOOD;
        } catch (IOException failed) {
            print(System.err, "无法读写 cannot be read or written: " + failed.getMessage() + "\n");
            return verb.equals("verify") ? NOT_UNDERSTOOD : FAILED;
        } catch (RuntimeException failed) {
            print(
                    System.err,
                    "失败 failed: "
                            + Objects.requireNonNullElse(failed.getCause(), failed)
                                    .getMessage() + "\n");
            return FAILED;
        }
    }

    private static void rotateKey(List<String> words) throws IOException {
        Arguments arguments = Arguments.parse(words, Set.of("plumbline.data-dir"));
        Path directory = Path.of(arguments.option("plumbline.data-dir", PlumblineProperties.DATA_DIR));
        Path file = KeyRing.rotate(directory.resolve(PlumblineProperties.KEYS));
        print(
                System.out,
                "新密钥 the new key: " + file
                        + "\n下次启动起签署，旧密钥继续副署 signs from the next start on, the former one co-signs\n");
    }

    private static void refuse(String why) {
        print(System.err, why + "\n\n" + HELP);
        System.exit(NOT_UNDERSTOOD);
    }

    /** The command line speaks on the console, not in the log. */
    private static void print(PrintStream to, String text) {
        to.print(text);
        to.flush();
    }
}
