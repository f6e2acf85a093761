package dev.lectern.ingestion.pipeline;

import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.ingestion.QueuePause;
import dev.lectern.ingestion.RequiredService;
import dev.lectern.ingestion.jobs.JobMonitor;
import dev.lectern.ingestion.jobs.QueuePauseRepository;
import dev.lectern.models.ModelCallException;
import dev.lectern.models.QuotaLimit;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Pauses the claims of this node while a service that the work on documents needs is away, and probes the service with growing pauses until it is back. So
 * documents spend their attempts on their own faults only. Other nodes find out by themselves. Thread-safe.
 */
@Component
public class QueuePauser {
    private static final Logger log = LoggerFactory.getLogger(QueuePauser.class);

    private final RequiredServiceProbe probe;
    private final QueuePauseRepository repository;
    private final JobMonitor monitor;
    private final IngestionProperties properties;
    private final InstantSource clock;
    private final AtomicBoolean unsaved = new AtomicBoolean(true);
    private volatile @Nullable Pause current;

    /** @param next when the service is probed again */
    private record Pause(QueuePause shown, int probes, Instant next) {}

    QueuePauser(
            RequiredServiceProbe probe,
            QueuePauseRepository repository,
            JobMonitor monitor,
            IngestionProperties properties,
            InstantSource clock) {
        this.probe = probe;
        this.repository = repository;
        this.monitor = monitor;
        this.properties = properties;
        this.clock = clock;
    }

    /** The pause of this node; empty while it works. */
    public Optional<QueuePause> findPause() {
        return Optional.ofNullable(current).map(Pause::shown);
    }

    /** Time until the service is probed; zero without a pause. */
    Duration timeUntilProbe() {
        Pause pause = current;
        if (pause == null) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(clock.instant(), pause.next());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * Pauses if the failure is that of a service that is away.
     *
     * @return whether it is; otherwise it is the fault of the document at work
     */
    synchronized boolean pauseFor(RuntimeException failure) {
        Optional<RequiredService> suspect = RequiredServiceProbe.findSuspect(failure);
        if (suspect.isEmpty()) {
            return false;
        }
        Pause pause = current;
        if (pause != null && pause.shown().service() == suspect.get()) {
            return true;
        }
        Optional<LecternException> cause =
                failure instanceof LecternException known && RequiredServiceProbe.isRefusalOfAll(failure)
                        ? Optional.of(known)
                        : probe.check(suspect.get());
        cause.ifPresent(away -> begin(suspect.get(), failure instanceof LecternException first ? first : away, away));
        return cause.isPresent();
    }

    private void begin(RequiredService service, LecternException first, LecternException last) {
        QueuePause shown = new QueuePause(service, code(first), String.valueOf(first.getMessage()), clock.instant());
        current = new Pause(shown, 0, nextProbe(0, last));
        log.warn(
                "The work on documents is paused until the {} can be used again, which is tried with growing pauses: {}",
                service.text(),
                shown.reason(),
                first);
        save();
    }

    /** A service that says when its quota is renewed is used again at that time, neither earlier nor later. */
    private Instant nextProbe(int probes, LecternException failure) {
        return nextProbe(probes, failure, properties, clock.instant());
    }

    static Instant nextProbe(int probes, LecternException failure, IngestionProperties properties, Instant now) {
        return failure instanceof ModelCallException call && call.retryAfter().isPresent()
                ? call.quota().map(QuotaLimit::notBefore).orElseGet(() -> now.plus(properties.pauseAfter(probes, failure)))
                : now.plus(properties.pauseAfter(probes, failure));
    }

    /** Probes the service if it is time, and ends the pause if the service is back. */
    synchronized void probeIfDue() {
        Pause pause = current;
        if (pause == null || clock.instant().isBefore(pause.next())) {
            return;
        }
        Optional<LecternException> failure = probe.check(pause.shown().service());
        if (failure.isEmpty()) {
            end(pause);
            return;
        }
        QueuePause shown = update(pause.shown(), failure.get());
        int probes = pause.probes() + 1;
        current = new Pause(shown, probes, nextProbe(probes, failure.get()));
        log.debug("The {} is still away after {} probes", shown.service().text(), probes, failure.get());
        if (!shown.equals(pause.shown())) {
            save();
        }
    }

    /** The rejection of an open circuit has no cause, and says less than the failure before it. */
    private static QueuePause update(QueuePause shown, LecternException failure) {
        return failure.getCause() == null && !(failure instanceof ModelCallException)
                ? shown
                : new QueuePause(shown.service(), code(failure), String.valueOf(failure.getMessage()), shown.since());
    }

    private void end(Pause pause) {
        current = null;
        log.info(
                "The {} can be used again after {} s and {} failed probes; the work on documents goes on",
                pause.shown().service().text(),
                Duration.between(pause.shown().since(), clock.instant()).toSeconds(),
                pause.probes());
        save();
    }

    private void save() {
        unsaved.set(true);
        monitor.signalChange();
        try {
            saveIfNeeded();
        } catch (DataAccessException e) {
            unsaved.set(true);
            log.warn(
                    "The state of the pause could not be stored; the maintenance stores it when the database is back",
                    e);
        }
    }

    @SuppressWarnings("ReferenceEquality") // whether another pause was set meanwhile
    private void saveIfNeeded() {
        if (unsaved.getAndSet(false)) {
            Pause pause = current;
            if (pause == null) {
                repository.delete();
            } else {
                repository.save(pause.shown());
            }
            if (pause != current) {
                unsaved.set(true);
            }
        }
    }

    /** Stores what could not be stored when it happened, and deletes what dead nodes left. */
    public void synchronize() {
        repository.deleteOrphaned();
        try {
            saveIfNeeded();
        } catch (DataAccessException e) {
            unsaved.set(true);
            throw e;
        }
    }

    private static String code(LecternException failure) {
        return failure.code().name().toLowerCase(Locale.ROOT);
    }
}
