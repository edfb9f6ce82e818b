package cn.plumbline.command;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.EventCatalogue;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.commandhandling.CommandBus;
import org.axonframework.messaging.commandhandling.configuration.CommandHandlingModule;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.MessageTypeResolver;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.core.correlation.CorrelationDataProviderRegistry;
import org.axonframework.messaging.core.correlation.DefaultCorrelationDataProviderRegistry;
import org.axonframework.messaging.eventstreaming.Tag;

/** Puts the decisions on Axon's command bus. The one way to do so, for the product and for tests alike. */
public final class CommandConfiguration {

    private CommandConfiguration() {}

    /**
     * Registers the generic handler for every command of the catalogue, how events are named and tagged, and the
     * {@link Decisions} as a component.
     *
     * @param attempts where refused commands are kept
     * @param head of the journal that the decisions are made on
     * @param clock the time, in the zone whose date is today
     * @param ids makes the id of a thing for which the client chose none
     * @return the same configurer
     */
    public static EventSourcingConfigurer configure(
            EventSourcingConfigurer configurer,
            AttemptLog attempts,
            JournalHead head,
            Clock clock,
            Supplier<String> ids) {
        return configurer
                .registerTagResolver(configuration -> message -> EventMessages.tags(message).stream()
                        .map(EventMessages::axonTag)
                        .collect(Collectors.<Tag>toSet()))
                .componentRegistry(registry -> registry
                        // The envelope has its own correlation; Axon's would overwrite it.
                        .registerComponent(
                                CorrelationDataProviderRegistry.class,
                                configuration -> new DefaultCorrelationDataProviderRegistry())
                        .registerComponent(MessageTypeResolver.class, configuration -> CommandConfiguration::type)
                        .registerComponent(
                                Decisions.class,
                                configuration -> new Decisions(
                                        configuration.getComponent(CommandBus.class),
                                        new Receipts(configuration.getComponent(EventStorageEngine.class), clock),
                                        attempts,
                                        head,
                                        clock,
                                        ids)))
                .registerCommandHandlingModule(handlers(clock));
    }

    private static CommandHandlingModule.CommandHandlerPhase handlers(Clock clock) {
        LongHistories histories = new LongHistories();
        CommandHandlingModule.CommandHandlerPhase handlers =
                CommandHandlingModule.named("decisions").commandHandlers();
        for (CommandDefinition definition : CommandCatalogue.all()) {
            handlers = handlers.commandHandler(
                    new QualifiedName(definition.qualifiedName()),
                    configuration -> new DecisionHandler<>(
                            definition, configuration.getComponent(EventStore.class), histories, clock));
        }
        return handlers;
    }

    private static Optional<MessageType> type(Class<?> payload) {
        if (DomainEvent.class.isAssignableFrom(payload)) {
            var definition = EventCatalogue.of(payload.asSubclass(DomainEvent.class));
            return Optional.of(new MessageType(definition.type(), definition.version()));
        }
        return CommandCatalogue.all().stream()
                .filter(definition -> definition.type() == payload)
                .findFirst()
                .map(definition -> new MessageType(definition.qualifiedName(), "1"));
    }
}
