package cn.plumbline.web.problems;

import cn.plumbline.command.CommandCatalogue;
import cn.plumbline.command.CommandDefinition;
import cn.plumbline.events.RejectionMessages;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Explains the codes of problems: what the {@code type} of a problem leads to. */
@RestController
final class ProblemDoor {

    private static final int REFUSED = 422;

    private final SortedMap<String, Explanation> explanations = explanations();
    private final PlainPage plain = new PlainPage();
    private final ProblemPage page;

    ProblemDoor(ObjectProvider<ProblemPage> page) {
        this.page = page.getIfAvailable(() -> plain);
    }

    /**
     * What a code means.
     *
     * @param status with which it is told
     * @param advice what can be done about it
     * @param commands the commands that may be refused with it
     */
    record Explanation(String code, int status, Message message, Message advice, List<String> commands) {}

    @GetMapping(path = "/problems", produces = MediaType.TEXT_HTML_VALUE)
    Mono<Void> listed(ServerWebExchange exchange) {
        return plain.list(exchange, explanations.values());
    }

    @GetMapping(path = "/problems", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<List<Explanation>> list() {
        return Mono.just(List.copyOf(explanations.values()));
    }

    @GetMapping(path = "/problems/{code}", produces = MediaType.TEXT_HTML_VALUE)
    Mono<Void> explained(@PathVariable String code, ServerWebExchange exchange) {
        Explanation found = find(code);
        return page.write(
                exchange,
                ProblemException.of(found.status(), found.code())
                        .detail(found.advice().zh(), found.advice().en()));
    }

    @GetMapping(path = "/problems/{code}", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<Explanation> explain(@PathVariable String code) {
        return Mono.fromSupplier(() -> find(code));
    }

    private Explanation find(String code) {
        Explanation found = explanations.get(code);
        if (found == null) {
            throw ProblemException.of(404, "NOT_FOUND");
        }
        return found;
    }

    private static SortedMap<String, Explanation> explanations() {
        SortedMap<String, Explanation> all = new TreeMap<>();
        for (String code : RejectionMessages.codes()) {
            List<String> commands = commands(code);
            all.put(code, new Explanation(code, REFUSED, ProblemTexts.message(code), advice(commands), commands));
        }
        for (Map.Entry<String, ProblemTexts.Text> own : ProblemTexts.own().entrySet()) {
            ProblemTexts.Text text = own.getValue();
            all.put(
                    own.getKey(),
                    new Explanation(
                            own.getKey(), text.status(), text.message(), text.advice(), commands(own.getKey())));
        }
        return all;
    }

    private static List<String> commands(String code) {
        return CommandCatalogue.all().stream()
                .filter(command -> command.rejections().contains(code))
                .map(CommandDefinition::name)
                .sorted()
                .toList();
    }

    private static Message advice(List<String> commands) {
        String names = String.join(", ", commands);
        return commands.isEmpty()
                ? new Message("业务规则不允许；没有记录任何内容。", "A rule of the domain refuses it; nothing was recorded.")
                : new Message(
                        "业务规则不允许；没有记录任何内容。涉及的命令：" + names + "。",
                        "A rule of the domain refuses it; nothing was recorded. Commands: " + names + ".");
    }
}
