package cn.plumbline.web.commands;

import cn.plumbline.command.CommandCatalogue;
import cn.plumbline.command.CommandDefinition;
import cn.plumbline.events.RejectionMessages;
import java.util.List;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Tells which commands there are. */
@RestController
@RequestMapping(path = "/api/commands", produces = MediaType.APPLICATION_JSON_VALUE)
class CatalogueController {

    private static final List<Entry> ENTRIES =
            CommandCatalogue.all().stream().map(CatalogueController::entry).toList();

    /** A text in both languages. */
    record Text(String zh, String en) {}

    /** A code with which a command may be refused. */
    record Code(String code, String zh, String en) {}

    /** One command. */
    record Entry(String name, String context, Text title, ObjectNode schema, List<Code> rejections) {}

    @GetMapping
    List<Entry> all() {
        return ENTRIES;
    }

    @GetMapping("/{name}")
    Entry one(@PathVariable String name) {
        String known = CommandDoor.command(name).name();
        return ENTRIES.stream()
                .filter(entry -> entry.name().equals(known))
                .findFirst()
                .orElseThrow();
    }

    private static Entry entry(CommandDefinition definition) {
        return new Entry(
                definition.name(),
                definition.context(),
                new Text(definition.zh(), definition.en()),
                definition.schema(),
                definition.rejections().stream().map(CatalogueController::code).toList());
    }

    private static Code code(String code) {
        RejectionMessages.Message message = Objects.requireNonNull(RejectionMessages.find(code), code);
        return new Code(code, message.zh(), message.en());
    }
}
