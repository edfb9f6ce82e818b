package cn.plumbline.web.boot;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

/**
 * The verbs of the command line. Exit codes: 0 done, 1 it did not work, 2 it was not understood.
 *
 * <p>{@code serve} is what happens without a verb; its options are Spring's, {@code --name=value}.
 */
final class CommandLine {

    private static final int NOT_UNDERSTOOD = 2;

    private static final String HELP = """
            准绳 Plumbline

            用法 Usage
              plumbline serve [选项 options]     启动（默认） start; the default verb
              plumbline --help                   本说明 this text

            选项 Options
              --samples=inner-mongolia-2015      载入示例 load the sample; a re-run changes nothing
              --server.port=N                    端口，默认 8080 port
              --server.address=ADDR              监听地址，默认 127.0.0.1 address
              --plumbline.data-dir=DIR           内置数据库目录，默认 data directory of the embedded database
              --plumbline.mongodb.uri=URI        使用已有的 MongoDB use a MongoDB of yours
              --plumbline.zone=ZONE              “今天”所在时区，默认 Asia/Shanghai zone whose date is today
            """;

    private CommandLine() {}

    static void run(String[] args) {
        List<String> words = Arrays.asList(args);
        if (words.contains("--help") || words.contains("-h") || words.equals(List.of("help"))) {
            print(System.out, HELP);
            return;
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
