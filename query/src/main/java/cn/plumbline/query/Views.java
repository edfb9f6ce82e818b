package cn.plumbline.query;

import cn.plumbline.events.Tag;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The module's door: asks views, follows them, waits for them, and tells the history of a record. */
public final class Views {

    private final EventSource source;
    private final Map<String, Served> served = new LinkedHashMap<>();

    /** A view with what answers it. */
    private record Served(View view, LiveProjection live, Replays replays, ViewStreams streams) {}

    Views(EventSource source, List<View> views, Map<String, LiveProjection> live, Map<String, Replays> past) {
        this.source = source;
        for (View view : views) {
            LiveProjection projection = live.get(view.projection().name());
            Replays replays = past.get(view.projection().name());
            if (projection == null || replays == null) {
                throw new IllegalArgumentException(view.definition().name() + " has no projection");
            }
            ViewStreams streams = new ViewStreams(projection, request -> answer(view, projection, request));
            served.put(view.definition().name(), new Served(view, projection, replays, streams));
        }
    }

    /** All views. */
    public List<ViewDefinition> all() {
        return served.values().stream().map(each -> each.view().definition()).toList();
    }

    /** Up to which position a view has applied every event that it handles. */
    public long position(String view) {
        return find(view).live().position();
    }

    /** How a view is doing. */
    public Mono<ViewStatus> status(String view) {
        return Mono.defer(() -> find(view).live().lookIfBehind()).then(Mono.fromSupplier(() -> statusNow(view)));
    }

    private ViewStatus statusNow(String view) {
        LiveProjection live = find(view).live();
        LiveProjection.Failure failure = live.failure();
        return new ViewStatus(
                view,
                live.position(),
                source.head(),
                failure == null ? null : failure.message(),
                failure == null ? null : failure.since());
    }

    /** Completes with a view's position once it has reached the given one; the caller sets the time limit. */
    public Mono<Long> await(String view, long position) {
        return Mono.defer(() -> find(view).live().await(position));
    }

    /**
     * Asks a view.
     *
     * @return the answer; fails with {@link UnknownView}, {@link BadParameter}, {@link QueriesOverloaded} or
     *     {@link ViewReplaced}
     */
    public Mono<ViewAnswer> query(String view, ViewRequest request) {
        return Mono.defer(() -> {
            Served asked = find(view);
            check(asked.view().definition(), request);
            if (request.knownAt().isEmpty()) {
                return answer(asked.view(), asked.live(), request);
            }
            long position = request.knownAt().getAsLong();
            return asked.live()
                    .readAt(position, reading -> answer(asked.view(), reading, request))
                    .switchIfEmpty(Mono.defer(() ->
                            asked.replays().read(position, reading -> answer(asked.view(), reading, request))));
        });
    }

    /**
     * Follows a view: a snapshot, then an update whenever rows or totals have changed. One who is slow gets fewer and
     * larger updates, and never misses the last state.
     */
    public Flux<ViewUpdate> stream(String view, ViewRequest request) {
        return Flux.defer(() -> {
            Served asked = find(view);
            check(asked.view().definition(), request);
            if (request.knownAt().isPresent()) {
                return query(view, request)
                        .<ViewUpdate>map(ViewUpdate.Snapshot::new)
                        .concatWith(Flux.never());
            }
            return asked.streams().follow(request);
        });
    }

    /** The history of a record, up to a position where one is given. */
    public Mono<RecordHistory> history(Tag record, OptionalLong knownAt) {
        return Mono.defer(() -> Histories.of(source, record, checked(knownAt)));
    }

    /** Builds a view's documents anew beside those in use, which go on answering until they are replaced. */
    public Mono<Void> rebuild(String view) {
        return Mono.defer(() -> find(view).live().rebuild());
    }

    private static Mono<ViewAnswer> answer(View view, LiveProjection live, ViewRequest request) {
        return live.read(reading -> answer(view, reading, request));
    }

    private static Mono<ViewAnswer> answer(View view, LiveProjection.Reading reading, ViewRequest request) {
        ViewDefinition definition = view.definition();
        Long knownAt = request.knownAt().isPresent() ? (Long) request.knownAt().getAsLong() : null;
        return view.answer(reading.documents(), request)
                .map(answer -> new ViewAnswer(
                        definition.name(),
                        definition.version(),
                        request.asOf(),
                        knownAt,
                        reading.position(),
                        answer.body(),
                        answer.totals(),
                        answer.rows(),
                        answer.next()));
    }

    private void check(ViewDefinition definition, ViewRequest request) {
        for (ViewParameter parameter : definition.parameters()) {
            String value = request.filter(parameter.name());
            if (parameter.required() && (value == null || value.isBlank())) {
                throw new BadParameter(parameter.name(), "MISSING");
            }
        }
        List<String> known =
                definition.parameters().stream().map(ViewParameter::name).toList();
        for (String name : request.filters().keySet()) {
            if (!known.contains(name)) {
                throw new BadParameter(name, "UNKNOWN");
            }
        }
        checked(request.knownAt());
    }

    @CanIgnoreReturnValue
    private OptionalLong checked(OptionalLong knownAt) {
        if (knownAt.isPresent() && knownAt.getAsLong() < 0) {
            throw new BadParameter("knownAt", "INVALID");
        }
        if (knownAt.isPresent() && knownAt.getAsLong() > source.head()) {
            throw new BadParameter("knownAt", "POSITION_IN_FUTURE");
        }
        return knownAt;
    }

    private Served find(String name) {
        Served found = served.get(name);
        if (found == null) {
            throw new UnknownView(name);
        }
        return found;
    }

    /**
     * How a view is doing.
     *
     * @param position what it has reached
     * @param head the journal's last position
     * @param failure why this process cannot feed it, or cannot answer; null when it can or another one does
     * @param since when that began
     */
    public record ViewStatus(
            String view,
            long position,
            long head,
            @Nullable String failure,
            @Nullable Instant since) {}
}
