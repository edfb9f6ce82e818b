package cn.plumbline.web.boot;

import cn.plumbline.query.ViewDefinition;
import cn.plumbline.query.Views;
import cn.plumbline.query.Views.ViewStatus;
import cn.plumbline.web.samples.Samples;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Whether people may come: the samples are loaded and every view has, since the start, once reached the head of the
 * journal. A view that fails says so from then on.
 */
@Component("plumbline")
class Readiness implements ReactiveHealthIndicator {

    private final Samples samples;
    private final Views views;
    private final Journals journals;
    private volatile boolean caughtUp;

    Readiness(Samples samples, Views views, Journals journals) {
        this.samples = samples;
        this.views = views;
        this.journals = journals;
    }

    @Override
    public Mono<Health> health() {
        return Mono.defer(() -> {
            // The head first: what comes in between is for the next question.
            long head = journals.journal().head();
            return Flux.fromIterable(views.all())
                    .map(ViewDefinition::name)
                    .concatMap(views::status)
                    .collectList()
                    .map(statuses -> health(head, statuses));
        });
    }

    private Health health(long head, List<ViewStatus> statuses) {
        boolean loaded = samples.state() == Samples.State.LOADED;
        if (loaded && statuses.stream().allMatch(status -> status.position() >= head)) {
            caughtUp = true;
        }
        boolean failing = statuses.stream().anyMatch(status -> status.failure() != null);
        Health.Builder health = loaded && caughtUp && !failing ? Health.up() : Health.outOfService();
        health.withDetail("head", head).withDetail("samples", samples.state());
        statuses.forEach(status -> health.withDetail(status.view(), status.position()));
        return health.build();
    }
}
