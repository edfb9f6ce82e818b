package cn.plumbline.web.pages;

import cn.plumbline.events.CorrectionEvent;
import cn.plumbline.events.Corrections;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.EventJson;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.Tag;
import cn.plumbline.query.BadParameter;
import cn.plumbline.query.EventSource;
import cn.plumbline.query.RecordHistory;
import cn.plumbline.query.ViewAnswer;
import cn.plumbline.query.ViewRequest;
import cn.plumbline.query.Views;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** What the pages read through the door of the module {@code query}, as the JSON of the HTTP contract. */
final class Reading {

    /** How long a page waits for a view to reach the position of what the reader has just recorded. */
    private static final Duration OWN_WRITE_WITHIN = Duration.ofSeconds(5);

    private static final Set<String> CORRECTIONS =
            Set.copyOf(EventCatalogue.types(CorrectionEvent.RecordCorrected.class));

    private final Views views;
    private final EventSource source;
    private final NameBook names;
    private final Clock clock;

    Reading(Views views, EventSource source, NameBook names, Clock clock) {
        this.views = views;
        this.source = source;
        this.names = names;
        this.clock = clock;
    }

    /**
     * An answer, or why there is none.
     *
     * @param body the answer with its {@code position} and the {@code next} slice's cursor, null when there is a problem
     * @param problem the key of a message
     * @param argument of that message
     */
    record Answer(
            @Nullable ObjectNode body,
            @Nullable String problem,
            @Nullable String argument) {}

    Clock clock() {
        return clock;
    }

    long head() {
        return source.head();
    }

    EventSource source() {
        return source;
    }

    Mono<Names> names() {
        return names.current();
    }

    Moment moment(MultiValueMap<String, String> query) {
        return Moment.of(query, source, clock);
    }

    /** Asks a view for one slice of its rows from their beginning. */
    Mono<Answer> view(String view, Moment moment, Map<String, String> filters) {
        return view(view, moment, filters, "");
    }

    /**
     * Asks a view; what is wrong with the question becomes a problem.
     *
     * @param after what the slice of rows comes after, empty for the beginning
     */
    Mono<Answer> view(String view, Moment moment, Map<String, String> filters, String after) {
        if (moment.invalid() != null) {
            return Mono.just(new Answer(null, "parameter.invalid", moment.invalid()));
        }
        ViewRequest request = new ViewRequest(
                moment.asOf(), moment.knownAt(), filters, Slice.ROWS_MAX, after.isEmpty() ? null : after);
        return views.query(view, request)
                .map(answer -> new Answer(body(answer), null, null))
                .onErrorResume(BadParameter.class, bad -> Mono.just(problem(bad)));
    }

    Mono<Optional<RecordHistory>> history(Tag tag, Moment moment) {
        return views.history(tag, moment.knownAt())
                .map(Optional::of)
                .onErrorResume(BadParameter.class, bad -> Mono.just(Optional.empty()));
    }

    /** Waits until a view has what the reader has just recorded; false when that takes too long. */
    Mono<Boolean> await(String view, MultiValueMap<String, String> query) {
        String position = query.getFirst("waitFor");
        if (position == null || !position.matches("\\d{1,18}")) {
            return Mono.just(true);
        }
        long wanted = Math.min(Long.parseLong(position), source.head());
        return views.await(view, wanted)
                .thenReturn(true)
                .timeout(OWN_WRITE_WITHIN)
                .onErrorResume(TimeoutException.class, late -> Mono.just(false));
    }

    /**
     * The event at a position with the fields that it has today, whether or not it was voided.
     *
     * @return empty where there is none, or one that is itself a correction or a void
     */
    Mono<Recorded<? extends DomainEvent>> correctable(@Nullable String position) {
        if (position == null || !position.matches("[1-9]\\d{0,17}")) {
            return Mono.empty();
        }
        long at = Long.parseLong(position);
        return source.read(Set.of(), Set.of(), at - 1, Math.min(at, source.head()))
                .next()
                .filter(recorded -> !(recorded.event() instanceof CorrectionEvent))
                .flatMap(this::corrected);
    }

    private Mono<Recorded<? extends DomainEvent>> corrected(Recorded<? extends DomainEvent> recorded) {
        // A correction carries the tags of what it corrects, that of the command aside.
        Set<Tag> tags = recorded.tags().stream()
                .filter(tag -> !tag.key().equals("command"))
                .collect(Collectors.toSet());
        return source.read(CORRECTIONS, tags, recorded.position(), source.head())
                .<Recorded<? extends DomainEvent>>map(Function.identity())
                .startWith(recorded)
                .collectList()
                .map(history -> Corrections.effective(history).getFirst());
    }

    private static ObjectNode body(ViewAnswer answer) {
        ObjectNode body = EventJson.mapper().valueToTree(answer.body());
        return body.put("position", answer.position()).put("next", answer.next());
    }

    private static Answer problem(BadParameter bad) {
        return "POSITION_IN_FUTURE".equals(bad.reason())
                ? new Answer(null, "parameter.future", bad.name())
                : new Answer(null, "parameter.invalid", bad.name());
    }
}
