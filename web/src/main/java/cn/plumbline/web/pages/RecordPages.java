package cn.plumbline.web.pages;

import cn.plumbline.command.CommandCatalogue;
import cn.plumbline.command.CommandDefinition;
import cn.plumbline.command.Outcome;
import cn.plumbline.web.commands.CommandDoor;
import cn.plumbline.web.pages.Form.Option;
import cn.plumbline.web.problems.ProblemException;
import cn.plumbline.web.security.KeptForm;
import cn.plumbline.web.security.Users;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Forms to record (录入): one for every command, made from its schema. They work without a script. */
@Controller
final class RecordPages {

    /** The commands that clerks use most, first on the page. */
    private static final List<String> COMMON = List.of(
            "RegisterUnit",
            "EstablishDispatchGroup",
            "AddUnitToGroup",
            "TransferCoverage",
            "EndCoverage",
            "AppointGroupMember");

    private static final String PART = "part/command :: command";

    private final PageRenderer renderer;
    private final Reading reading;
    private final CommandDoor door;

    RecordPages(PageRenderer renderer, Reading reading, CommandDoor door) {
        this.renderer = renderer;
        this.reading = reading;
        this.door = door;
    }

    /** A command in a list. */
    public record Entry(String name, String title) {}

    /** The commands of a context. */
    public record ContextCommands(String name, String title, List<Entry> commands) {}

    /**
     * What is asked before the form of a correction or a void.
     *
     * @param asked the position that was given, at which there is no event to correct; empty when none was
     */
    public record Target(String command, String title, String asked, long head) {}

    @GetMapping("/record")
    Mono<Rendering> catalogue(ServerWebExchange exchange) {
        Texts texts = renderer.texts(exchange);
        Map<String, ContextCommands> contexts = new LinkedHashMap<>();
        for (CommandDefinition command : CommandCatalogue.all()) {
            contexts.computeIfAbsent(
                            command.context(),
                            name -> new ContextCommands(name, Contexts.title(name, texts), new ArrayList<>()))
                    .commands()
                    .add(entry(command, texts));
        }
        List<Entry> common = COMMON.stream()
                .flatMap(name -> CommandCatalogue.find(name).stream())
                .map(command -> entry(command, texts))
                .toList();
        return renderer.page(exchange, "record", Map.of("common", common, "contexts", List.copyOf(contexts.values())));
    }

    private static Entry entry(CommandDefinition command, Texts texts) {
        return new Entry(command.name(), Forms.title(command, texts));
    }

    /** What a picker offers for a text. */
    @GetMapping("/record/options")
    @ResponseBody
    Mono<List<Option>> options(@RequestParam String kind, @RequestParam(defaultValue = "") String q) {
        return reading.names().map(names -> Forms.options(names.find(kind, q, Forms.CHOICES_MAX)));
    }

    @GetMapping("/record/{name}")
    Mono<Rendering> form(@PathVariable String name, ServerWebExchange exchange) {
        CommandDefinition command = command(name);
        MultiValueMap<String, String> query = exchange.getRequest().getQueryParams();
        return exchange.getSession()
                .flatMap(session -> KeptForm.take(session, name)
                        .map(kept -> form(exchange, command, kept, key(kept), "kept"))
                        .orElseGet(() -> form(exchange, command, query, newKey(), "")));
    }

    private Mono<Rendering> form(
            ServerWebExchange exchange,
            CommandDefinition command,
            MultiValueMap<String, String> given,
            String key,
            String focus) {
        return sheet(exchange, command, given)
                .flatMap(sheet -> reading.names().flatMap(names -> {
                    ObjectNode values = FormValues.filled(sheet.schema(), withTheOnlyOrgan(given, names));
                    return show(exchange, HttpStatus.OK, sheet, values, Refusal.NONE, key, focus, names);
                }))
                .switchIfEmpty(Mono.defer(() -> askForTarget(exchange, HttpStatus.OK, command)));
    }

    /** What the form of a command asks for; empty when the event that it is about is not known. */
    private Mono<Sheet> sheet(
            ServerWebExchange exchange, CommandDefinition command, MultiValueMap<String, String> parameters) {
        return Sheet.needsTarget(command)
                ? reading.correctable(parameters.getFirst("position"))
                        .map(target -> Sheet.about(command, new TargetFields(target, renderer.texts(exchange))))
                : Mono.just(Sheet.of(command));
    }

    /** Asks at which position the event is that a command is about. */
    private Mono<Rendering> askForTarget(ServerWebExchange exchange, HttpStatus status, CommandDefinition command) {
        String asked = exchange.getRequest().getQueryParams().getFirst("position");
        Target target = new Target(
                command.name(),
                Forms.title(command, renderer.texts(exchange)),
                asked == null ? "" : asked,
                reading.head());
        return renderer.page(exchange, "target", null, status, Map.of("target", target));
    }

    /** What is given, and the organ where there is just one. */
    private static MultiValueMap<String, String> withTheOnlyOrgan(MultiValueMap<String, String> before, Names names) {
        MultiValueMap<String, String> given = new LinkedMultiValueMap<>(before);
        List<Names.Named> organs = names.all("organ");
        if (organs.size() == 1 && !given.containsKey("organId")) {
            given.add("organId", organs.getFirst().id());
        }
        return given;
    }

    @PostMapping("/record/{name}")
    Mono<Rendering> submit(@PathVariable String name, ServerWebExchange exchange, Authentication user) {
        CommandDefinition command = command(name);
        return exchange.getFormData()
                .flatMap(parameters -> sheet(exchange, command, parameters)
                        .flatMap(sheet -> parameters.containsKey("_add") || parameters.containsKey("_remove")
                                ? rearrange(exchange, sheet, parameters)
                                : record(exchange, sheet, parameters, user)))
                .switchIfEmpty(Mono.defer(() -> askForTarget(exchange, HttpStatus.BAD_REQUEST, command)));
    }

    private Mono<Rendering> rearrange(
            ServerWebExchange exchange, Sheet sheet, MultiValueMap<String, String> parameters) {
        ObjectNode values = FormValues.rearranged(sheet.schema(), parameters);
        String added = parameters.getFirst("_add");
        String focus = added == null ? "" : firstFieldOf(added, values);
        return reading.names()
                .flatMap(names ->
                        show(exchange, HttpStatus.OK, sheet, values, Refusal.NONE, key(parameters), focus, names));
    }

    private static String firstFieldOf(String list, ObjectNode values) {
        return FormFields.id(list + "[" + (values.at(FormValues.pointer(list)).size() - 1) + "]");
    }

    private Mono<Rendering> record(
            ServerWebExchange exchange, Sheet sheet, MultiValueMap<String, String> parameters, Authentication user) {
        ObjectNode values = FormValues.filled(sheet.schema(), parameters);
        String key = key(parameters);
        return door.send(sheet.command().name(), sheet.body(values), key, Users.actor(user), OptionalLong.empty())
                .flatMap(accepted -> recorded(exchange, sheet.command(), accepted))
                .onErrorResume(ProblemException.class, problem -> refused(exchange, sheet, values, key, problem));
    }

    private static Mono<Rendering> recorded(
            ServerWebExchange exchange, CommandDefinition command, Outcome.Accepted accepted) {
        String nothing = accepted.events().isEmpty() ? "&nothing" : "";
        return PageRenderer.leadTo(
                exchange, "/recorded/" + accepted.commandId() + "?command=" + command.name() + nothing);
    }

    private Mono<Rendering> refused(
            ServerWebExchange exchange, Sheet sheet, ObjectNode values, String key, ProblemException problem) {
        Texts texts = renderer.texts(exchange);
        // To htmx it is an ordinary answer with a form in it; without it the status tells that nothing was recorded.
        HttpStatus status =
                PageRenderer.asksForPart(exchange.getRequest()) ? HttpStatus.OK : HttpStatus.valueOf(problem.status());
        return reading.names()
                .flatMap(names -> show(
                        exchange,
                        status,
                        sheet,
                        values,
                        Refusal.of(problem, values, names, texts),
                        key,
                        "summary",
                        names));
    }

    private Mono<Rendering> show(
            ServerWebExchange exchange,
            HttpStatus status,
            Sheet sheet,
            ObjectNode values,
            Refusal refusal,
            String key,
            String focus,
            Names names) {
        Form form = Forms.of(sheet, values, refusal, key, focus, names, renderer.texts(exchange));
        return renderer.page(exchange, "command", PART, status, Map.of("form", form));
    }

    private static CommandDefinition command(String name) {
        return CommandCatalogue.find(name).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** The key of a form that was sent; another one where it was tampered with. */
    private static String key(MultiValueMap<String, String> parameters) {
        @Nullable String sent = parameters.getFirst("_key");
        try {
            return UUID.fromString(String.valueOf(sent)).toString();
        } catch (IllegalArgumentException e) {
            return newKey();
        }
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }
}
