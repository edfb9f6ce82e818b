package cn.plumbline.web.proof;

import cn.plumbline.journal.Audit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Down when a stored chain was tampered with, or contradicts a signed checkpoint. */
@Component("proof")
class ProofHealth implements ReactiveHealthIndicator {

    private final ProofWork work;
    private final Checkpointer checkpointer;

    ProofHealth(ProofWork work, Checkpointer checkpointer) {
        this.work = work;
        this.checkpointer = checkpointer;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(this::now);
    }

    private Health now() {
        boolean sound = work.checks().stream().allMatch(check -> check.broken() == null && check.refused() == null);
        Health.Builder health = sound ? Health.up() : Health.down();
        health.withDetail("checkpoint", checkpointer.size());
        work.checks().forEach(check -> health.withDetail(check.journal(), details(check)));
        return health.build();
    }

    private static Map<String, Object> details(SelfCheck check) {
        Map<String, Object> details = new LinkedHashMap<>();
        SelfCheck.Walk walk = check.lastWhole();
        if (walk != null) {
            details.put("lastFullWalk", walk.finishedAt().toString());
            details.put("blocks", walk.found().blocks());
            details.put("size", walk.found().head().size());
            details.put("root", walk.found().head().rootHex());
        }
        Audit.Broken broken = check.broken();
        if (broken != null) {
            details.put("fault", broken.fault().name());
            details.put("badBlock", broken.block());
            details.put("firstBadPosition", broken.first());
            details.put("lastBadPosition", broken.last());
        }
        CheckpointRefused refused = check.refused();
        if (refused != null) {
            details.put("refused", refused.reason().name());
            details.put("contradictedSize", refused.size());
        }
        return details;
    }
}
