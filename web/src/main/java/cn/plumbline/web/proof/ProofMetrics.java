package cn.plumbline.web.proof;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** What an alarm should be set on: a broken chain, a refused checkpoint, a checkpoint or a walk that lags behind. */
@Component
class ProofMetrics implements MeterBinder {

    private final ProofWork work;
    private final Checkpointer checkpointer;

    ProofMetrics(ProofWork work, Checkpointer checkpointer) {
        this.work = work;
        this.checkpointer = checkpointer;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("plumbline.checkpoint.size", checkpointer, Checkpointer::size)
                .description("events that the newest signed checkpoint covers")
                .register(registry);
        for (SelfCheck check : work.checks()) {
            Gauge.builder("plumbline.selfcheck.broken", check, of -> of.broken() == null ? 0 : 1)
                    .description("1 when the stored chain is not what it was")
                    .tag("journal", check.journal())
                    .register(registry);
            Gauge.builder("plumbline.selfcheck.refused", check, of -> of.refused() == null ? 0 : 1)
                    .description("1 when the journal contradicts a signed checkpoint")
                    .tag("journal", check.journal())
                    .register(registry);
            Gauge.builder("plumbline.selfcheck.size", check, ProofMetrics::walked)
                    .description("events that the last whole walk has checked")
                    .tag("journal", check.journal())
                    .register(registry);
        }
    }

    private static double walked(SelfCheck check) {
        SelfCheck.Walk walk = check.lastWhole();
        return walk == null ? 0 : walk.found().head().size();
    }
}
