package cn.plumbline.web.proof;

import cn.plumbline.journal.Journal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What goes on behind the proofs as long as the application runs: a checkpoint is signed every minute if there is
 * something new, and once more at the end; both chains are walked along, slowly, again and again.
 */
@Component
class ProofWork implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ProofWork.class);

    /** The database is asked for at most 256 KiB in each of these. */
    private static final Duration PAUSE_AFTER_READ = Duration.ofMillis(250);

    /** For the last checkpoint, while the application stops. */
    private static final Duration LAST_CHECKPOINT_LIMIT = Duration.ofSeconds(5);

    /** Between the web server, which stops before, and the database, which is closed after. */
    private static final int PHASE = 0;

    private final Checkpointer checkpointer;
    private final KeyRing keys;
    private final Journal journal;
    private final Journal attempts;
    private final SelfCheck ofJournal;
    private final SelfCheck ofAttempts;
    private final Duration signEvery;
    private final Duration walkEvery;
    private volatile Disposable.Composite running = Disposables.composite();
    private volatile boolean started;
    private volatile boolean failing;

    ProofWork(
            Checkpointer checkpointer,
            KeyRing keys,
            @Qualifier("journal") Journal journal,
            @Qualifier("attempts") Journal attempts,
            Clock clock,
            @Value("${plumbline.proof.sign-every:60s}") Duration signEvery,
            @Value("${plumbline.proof.check-every:10m}") Duration walkEvery) {
        this.checkpointer = checkpointer;
        this.keys = keys;
        this.journal = journal;
        this.attempts = attempts;
        this.ofJournal = new SelfCheck(journal.name(), clock);
        this.ofAttempts = new SelfCheck(attempts.name(), clock);
        this.signEvery = signEvery;
        this.walkEvery = walkEvery;
    }

    /** What was found on both chains. */
    List<SelfCheck> checks() {
        return List.of(ofJournal, ofAttempts);
    }

    @Override
    public void start() {
        log.info("检查点公钥 checkpoints are signed by {}", keys.verifiers().getFirst());
        running = Disposables.composite(
                Flux.interval(Duration.ZERO, signEvery)
                        .onBackpressureDrop()
                        .concatMap(tick -> sign(), 1)
                        .subscribe(),
                walk(journal, ofJournal),
                walk(attempts, ofAttempts));
        started = true;
    }

    private Disposable walk(Journal chain, SelfCheck check) {
        return chain.audit(PAUSE_AFTER_READ, walkEvery)
                .subscribe(
                        check::note, failure -> log.error("{} 的自检已停止 the self-check has ended", chain.name(), failure));
    }

    private Mono<Void> sign() {
        return checkpointer
                .sign()
                .doOnNext(signed -> {
                    ofJournal.signed();
                    failing = false;
                })
                .doOnError(CheckpointRefused.class, ofJournal::note)
                .onErrorResume(CheckpointRefused.class, told -> Mono.empty())
                .doOnError(this::failed)
                .onErrorResume(later -> Mono.empty())
                .then();
    }

    /** Once, until it works again. */
    private void failed(Throwable failure) {
        if (!failing) {
            log.warn("检查点未能签署，稍后再试 no checkpoint, tried again later: {}", failure.getMessage());
        }
        failing = true;
    }

    @Override
    public void stop(Runnable callback) {
        running.dispose();
        started = false;
        var unused = sign().timeout(LAST_CHECKPOINT_LIMIT, Mono.empty())
                .doFinally(signal -> callback.run())
                .subscribe();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
