package cn.plumbline.query;

import cn.plumbline.query.ViewUpdate.Snapshot;
import cn.plumbline.query.ViewUpdate.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The live streams of one view. Those who ask the same share one question per batch of events; each gets the difference
 * to what he has seen.
 */
final class ViewStreams {

    /** How long an unused question lives on, for readers who reconnect. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final LiveProjection live;
    private final Function<ViewRequest, Mono<ViewAnswer>> ask;
    private final Map<ViewRequest, Flux<ViewAnswer>> shared = new ConcurrentHashMap<>();

    ViewStreams(LiveProjection live, Function<ViewRequest, Mono<ViewAnswer>> ask) {
        this.live = live;
        this.ask = ask;
    }

    Flux<ViewUpdate> follow(ViewRequest request) {
        return Flux.defer(() -> {
            Differences differences = new Differences();
            return answers(request).onBackpressureLatest().concatMapIterable(differences::next, 1);
        });
    }

    /** How many different questions are asked. */
    int size() {
        return shared.size();
    }

    private Flux<ViewAnswer> answers(ViewRequest request) {
        return shared.computeIfAbsent(
                request,
                key -> live.flushes()
                        .map(position -> key)
                        // Listens before it asks for the first time, so that no batch falls between the two.
                        .mergeWith(Mono.just(key))
                        .onBackpressureLatest()
                        .concatMap(ask, 0)
                        .doFinally(signal -> shared.remove(key))
                        .replay(1)
                        .refCount(1, GRACE));
    }

    /** What one reader has seen. Not shared. */
    private static final class Differences {

        private @Nullable ViewAnswer seen;

        List<ViewUpdate> next(ViewAnswer answer) {
            ViewAnswer before = seen;
            seen = answer;
            if (before == null) {
                return List.of(new Snapshot(answer));
            }
            Map<String, Row> old = new HashMap<>();
            before.rows().forEach(row -> old.put(row.key(), row));
            List<Row> changed = new ArrayList<>();
            for (Row row : answer.rows()) {
                if (!row.equals(old.remove(row.key()))) {
                    changed.add(row);
                }
            }
            return changed.isEmpty() && old.isEmpty() && before.totals().equals(answer.totals())
                    ? List.of()
                    : List.of(new Update(answer.position(), changed, List.copyOf(old.keySet()), answer.totals()));
        }
    }
}
