package cn.plumbline.command;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.Title;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * One entry of the catalogue of commands.
 *
 * @param name such as {@code EstablishDispatchGroup}
 * @param context the bounded context, such as {@code dispatch}
 * @param zh the Chinese title
 * @param en the English title
 * @param type the command's record
 * @param decider its decision
 * @param events the types of the events that it may record
 * @param rejections the codes with which it may be refused
 * @param createdId the field with the id of what it creates; the server fills it when it is absent
 * @param basisRequired whether the schema demands a basis
 */
public record CommandDefinition(
        String name,
        String context,
        String zh,
        String en,
        Class<? extends Command> type,
        Decider<?, ?> decider,
        Set<String> events,
        List<String> rejections,
        Optional<String> createdId,
        boolean basisRequired) {

    /** A definition whose name and titles are those of the command's record. */
    public static <C extends Record & Command> CommandDefinition of(
            String context,
            Class<C> type,
            Decider<C, ?> decider,
            List<Class<? extends DomainEvent>> events,
            String... rejections) {
        Title title = type.getAnnotation(Title.class);
        if (title == null) {
            throw new IllegalStateException(type + " needs a @Title");
        }
        return new CommandDefinition(
                type.getSimpleName(),
                context,
                title.zh(),
                title.en(),
                type,
                decider,
                events.stream().map(EventCatalogue::type).collect(Collectors.toUnmodifiableSet()),
                GeneralRules.withCodes(rejections),
                Optional.empty(),
                false);
    }

    /** The same command, creating what the field names. */
    public CommandDefinition creating(String field) {
        return new CommandDefinition(
                name, context, zh, en, type, decider, events, rejections, Optional.of(field), basisRequired);
    }

    /** The same command, with a basis that the schema demands. */
    public CommandDefinition onBasis() {
        return new CommandDefinition(name, context, zh, en, type, decider, events, rejections, createdId, true);
    }

    /** The JSON Schema (2020-12) of the whole body, envelope fields included. A new tree at every call. */
    public ObjectNode schema() {
        return BodySchema.of(this);
    }

    /** The name on the command bus, such as {@code dispatch.EstablishDispatchGroup}. */
    String qualifiedName() {
        return context + "." + name;
    }
}
