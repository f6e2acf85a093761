package dev.lectern.audit;

import dev.lectern.observability.spi.PeriodicTask;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Writes counted entries every minute. Every hour it removes entries after their retention, and logs the end of the chain: whoever keeps the log elsewhere can
 * prove with it that entries were cut off or computed anew.
 */
@Component
@Lazy(false)
class AuditMaintenance implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(AuditMaintenance.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int ROUNDS = 60;

    private final AuditRepository repository;
    private final AuditTrimmer trimmer;
    private final RepeatedEntries repeated;
    private final ExecutorService executor;
    private final PeriodicTask task = new PeriodicTask(Duration.ZERO, INTERVAL, this::runEveryMinute);
    private long logged;
    private int round;
    private boolean failing;

    AuditMaintenance(
            AuditRepository repository, AuditTrimmer trimmer, RepeatedEntries repeated, ExecutorService executor) {
        this.repository = repository;
        this.trimmer = trimmer;
        this.repeated = repeated;
        this.executor = executor;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        task.start(executor);
    }

    private void runEveryMinute() {
        repeated.write(false);
        if (round % ROUNDS == 0 || failing) {
            runHourly();
        }
        round++;
    }

    void runHourly() {
        try {
            int deleted = trimmer.trim();
            if (deleted > 0) {
                log.info("Removed {} entries of the audit log after their retention", deleted);
            }
            logHead();
            failing = false;
        } catch (RuntimeException failure) {
            if (!failing && !task.isStopped()) {
                log.warn("The audit log could not be maintained; this is repeated every minute", failure);
            }
            failing = true;
        }
    }

    /** Once for every end of the chain. */
    private void logHead() {
        AuditRepository.Head head = repository.findHead();
        if (head.sequence() != logged) {
            log.info("The audit log ends with entry {}, hash {}", head.sequence(), head.hash());
            logged = head.sequence();
        }
    }

    @Override
    public void destroy() {
        task.stop();
        repeated.write(true);
    }
}
