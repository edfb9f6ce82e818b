package cn.plumbline.web.pages;

import cn.plumbline.command.CommandCatalogue;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.EventDefinition;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.Tag;
import cn.plumbline.web.pages.Names.Named;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What a command has recorded: its events with their positions, and the histories of the records concerned. */
@Controller
final class RecordedPage {

    private final PageRenderer renderer;
    private final Reading reading;

    RecordedPage(PageRenderer renderer, Reading reading) {
        this.renderer = renderer;
        this.reading = reading;
    }

    /**
     * The page's model.
     *
     * @param position of the last event
     * @param again the command to record another of, null when it is not known
     */
    public record RecordedModel(
            long position,
            List<Event> events,
            List<Named> records,
            @Nullable String again) {}

    /** An event in words. */
    public record Event(long position, String title) {}

    @GetMapping("/recorded/{commandId}")
    Mono<Rendering> recorded(@PathVariable UUID commandId, ServerWebExchange exchange) {
        Texts texts = renderer.texts(exchange);
        String command = exchange.getRequest().getQueryParams().getFirst("command");
        String again = command == null || CommandCatalogue.find(command).isEmpty() ? null : command;
        boolean nothing = exchange.getRequest().getQueryParams().containsKey("nothing");
        Set<Tag> own = Set.of(new Tag("command", commandId.toString()));
        return reading.source()
                .read(Set.of(), own, 0, reading.head())
                .collectList()
                .zipWith(
                        reading.names(), (events, names) -> recorded(List.copyOf(events), nothing, names, again, texts))
                .flatMap(model -> renderer.page(exchange, "recorded", Map.of("recorded", model)));
    }

    private RecordedModel recorded(
            List<Recorded<? extends DomainEvent>> events,
            boolean nothing,
            Names names,
            @Nullable String again,
            Texts texts) {
        if (events.isEmpty() && !nothing) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        List<Named> records = events.stream()
                .flatMap(event -> event.tags().stream())
                .map(Tag::toString)
                .distinct()
                .map(names::of)
                .filter(named -> HistoryModel.KINDS.contains(named.key()))
                .toList();
        return new RecordedModel(
                events.isEmpty() ? reading.head() : events.getLast().position(),
                events.stream().map(event -> event(event, texts)).toList(),
                records,
                again);
    }

    private static Event event(Recorded<? extends DomainEvent> recorded, Texts texts) {
        EventDefinition definition = EventCatalogue.of(recorded.event().getClass());
        return new Event(recorded.position(), texts.pick(definition.zh(), definition.en()));
    }
}
