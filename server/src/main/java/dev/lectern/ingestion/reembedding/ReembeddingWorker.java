package dev.lectern.ingestion.reembedding;

import dev.lectern.audit.AuditAction;
import dev.lectern.audit.AuditEntry;
import dev.lectern.audit.AuditLog;
import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.ingestion.Reembedding;
import dev.lectern.ingestion.Reembedding.Model;
import dev.lectern.ingestion.Reembedding.Status;
import dev.lectern.ingestion.passages.EmbeddingInput;
import dev.lectern.ingestion.pipeline.DeduplicatingEmbedder;
import dev.lectern.library.consistency.EmbedderSwitch;
import dev.lectern.library.embedders.EmbeddingRepository;
import dev.lectern.library.embedders.EmbeddingRepository.EmbeddingCoverage;
import dev.lectern.library.embedders.EmbeddingRepository.StoredText;
import dev.lectern.models.Embedder;
import dev.lectern.models.EmbedderRegistry;
import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.NodeRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Carries out re-embeddings, one at a time. Embeddings are stored after every few texts, so that another node can continue after a kill. */
@Component
public class ReembeddingWorker implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(ReembeddingWorker.class);
    /** Texts in memory at a time. */
    private static final int PAGE = 256;
    /** Attempts to switch, each with the documents that came since the last one. No new documents are started meanwhile. */
    private static final int SWITCH_ATTEMPTS = 200;

    private static final long PAUSE_MILLIS = 100;
    /** Time for the other nodes to close an index that is being deleted; they check every few seconds. */
    private static final Duration CLOSE_TIME = Duration.ofSeconds(12);

    private final ReembeddingRepository repository;
    private final EmbeddingRepository embeddingRepository;
    private final EmbedderSwitch embedderSwitch;
    private final EmbedderRegistry embedders;
    private final DeduplicatingEmbedder deduplicatingEmbedder;
    private final ExecutorService executor;
    private final IngestionProperties properties;
    private final NodeRegistry nodeRegistry;
    private final TransactionTemplate transactions;
    private final AuditLog auditLog;
    private final InstantSource clock;
    private final AtomicBoolean running = new AtomicBoolean();
    private final Cancellation stopped = new Cancellation();
    /** Failures in a row that may pass, and the next attempt; only used by the thread that has set {@link #running}. */
    private int failures;

    private volatile Instant nextAttempt = Instant.MIN;

    ReembeddingWorker(
            ReembeddingRepository repository,
            EmbeddingRepository embeddingRepository,
            EmbedderSwitch embedderSwitch,
            EmbedderRegistry embedders,
            DeduplicatingEmbedder deduplicatingEmbedder,
            ExecutorService applicationExecutor,
            IngestionProperties properties,
            NodeRegistry nodeRegistry,
            TransactionTemplate transactions,
            AuditLog auditLog,
            InstantSource clock) {
        this.repository = repository;
        this.embeddingRepository = embeddingRepository;
        this.embedderSwitch = embedderSwitch;
        this.embedders = embedders;
        this.deduplicatingEmbedder = deduplicatingEmbedder;
        this.executor = applicationExecutor;
        this.properties = properties;
        this.nodeRegistry = nodeRegistry;
        this.transactions = transactions;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /** Closes indexes that are being deleted, and continues the open re-embedding unless another node does or this node does no such work. Returns at once. */
    public void resumeOpen() {
        embedderSwitch.closeRetired();
        if (properties.enabled()
                && !stopped.isCancelled()
                && !clock.instant().isBefore(nextAttempt)
                && running.compareAndSet(false, true)) {
            try {
                executor.execute(new BackgroundTask(this::runClaimed));
            } catch (RuntimeException e) {
                running.set(false);
                throw e;
            }
        }
    }

    /** Like {@link #resumeOpen}, and without the pause after a failure: a person has changed something. */
    public void resumeNow() {
        nextAttempt = Instant.MIN;
        resumeOpen();
    }

    private void runClaimed() {
        try {
            for (Optional<Reembedding> next = repository.claim(); next.isPresent(); next = repository.claim()) {
                boolean canContinue = runStep(next.get());
                repository.release(next.get().id());
                if (!canContinue) {
                    return;
                }
            }
        } catch (RuntimeException | Error e) {
            log.warn("The re-embedding was interrupted and is continued later", e);
        } finally {
            running.set(false);
        }
    }

    /** @return false when it is to be tried again later */
    private boolean runStep(Reembedding reembedding) {
        try {
            switch (reembedding.status()) {
                case BUILDING -> build(reembedding);
                case SWITCHING -> switchOver(reembedding, reembedding.target(), Status.SWITCHED);
                case ROLLING_BACK -> switchOver(reembedding, reembedding.former(), Status.READY);
                case CANCELLING -> drop(reembedding, reembedding.target(), Status.CANCELLED);
                case DROPPING -> drop(reembedding, reembedding.former(), Status.DONE);
                case READY, SWITCHED, FAILED, CANCELLED, DONE -> {}
            }
            failures = 0;
            nextAttempt = Instant.MIN;
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (RuntimeException e) {
            return !stopped.isCancelled() && handleFailure(reembedding, e);
        }
    }

    private boolean handleFailure(Reembedding reembedding, RuntimeException failure) {
        log.warn("The re-embedding with {} failed", reembedding.target().name(), failure);
        String reason = failure instanceof LecternException known && known.getMessage() != null
                ? known.getMessage()
                : "An internal error stopped the re-embedding. The server's log has the details.";
        Status from = reembedding.status();
        Status then = switch (from) {
            case BUILDING -> isTransient(failure) ? from : Status.FAILED;
            case SWITCHING -> Status.READY;
            case ROLLING_BACK -> Status.SWITCHED;
            default -> from;
        };
        repository.changeStatus(reembedding.id(), from, then, reason);
        if (then == from) {
            nextAttempt = clock.instant().plus(properties.pauseAfter(failures++, failure));
        }
        return then != from;
    }

    private static boolean isTransient(RuntimeException failure) {
        return !(failure instanceof LecternException known) || known.code().isRetryable();
    }

    private void build(Reembedding reembedding) {
        Embedder model = embedders.open(reembedding.target().name());
        log.info("The index of {} is being built", reembedding.target().name());
        do {
            if (!embedMissing(reembedding, model)) {
                return;
            }
            embedderSwitch.fillIndex(model.fingerprint());
        } while (embeddingRepository.measure(model.fingerprint()).missing() > 0);
        completeBuild(reembedding);
        log.info("The index of {} is complete", reembedding.target().name());
    }

    private void completeBuild(Reembedding reembedding) {
        boolean switches = reembedding.switchWhenReady();
        transactions.executeWithoutResult(status -> {
            boolean changed = repository.changeStatus(
                    reembedding.id(), Status.BUILDING, switches ? Status.SWITCHING : Status.READY, null);
            if (changed && switches) {
                auditLog.record(AuditEntry.of(
                                AuditAction.REEMBEDDING_SWITCHED,
                                SystemTask.REEMBEDDING,
                                "reembedding",
                                reembedding.id())
                        .with("embedder", reembedding.target().name())
                        .with("former", reembedding.former().name()));
            }
        });
    }

    /** False when the re-embedding was cancelled meanwhile. */
    private boolean embedMissing(Reembedding reembedding, Embedder model) {
        EmbedderFingerprint fingerprint = model.fingerprint();
        EmbeddingCoverage extent = embeddingRepository.measure(fingerprint);
        long embedded = extent.texts() - extent.missing();
        String after = "";
        List<StoredText> page;
        do {
            if (!repository.recordProgress(reembedding.id(), extent.texts(), Math.min(embedded, extent.texts()))) {
                return false;
            }
            page = embeddingRepository.findTextsWithout(fingerprint, after, PAGE);
            embedded += embed(reembedding, model, page);
            after = page.isEmpty() ? after : page.getLast().key();
        } while (page.size() == PAGE);
        return repository.recordProgress(reembedding.id(), extent.texts(), Math.min(embedded, extent.texts()));
    }

    private int embed(Reembedding reembedding, Embedder model, List<StoredText> page) {
        Map<String, String> texts = new LinkedHashMap<>();
        page.forEach(text -> texts.put(text.key(), embeddingInput(text)));
        deduplicatingEmbedder.ensureEmbedded(model, texts, reembedding.modelCalls(), stopped);
        return texts.size();
    }

    /** Repeats until no document was added or deleted during an attempt. No new documents are started in this status, so this ends. */
    private void switchOver(Reembedding reembedding, Model to, Status then) throws InterruptedException {
        Embedder model = embedders.open(to.name());
        for (int attempt = 0; attempt < SWITCH_ATTEMPTS; attempt++) {
            List<StoredText> page;
            do {
                page = embeddingRepository.findTextsWithout(model.fingerprint(), "", PAGE);
                embed(reembedding, model, page);
            } while (page.size() == PAGE);
            if (embedderSwitch.switchTo(model.fingerprint())) {
                repository.changeStatus(reembedding.id(), reembedding.status(), then, null);
                log.info("The active embedder is now {}", to.name());
                return;
            }
            Thread.sleep(PAUSE_MILLIS * Math.min(attempt, 20));
        }
        throw new LecternException(
                ErrorCode.OVERLOADED,
                "Documents changed faster than the new index could be filled. Switch again when fewer documents change.");
    }

    private void drop(Reembedding reembedding, Model gone, Status then) throws InterruptedException {
        embedderSwitch.retire(gone.id());
        if (nodeRegistry.countOthers() > 0) {
            Thread.sleep(CLOSE_TIME.toMillis());
        }
        embedderSwitch.deleteRetired(gone.id());
        repository.changeStatus(reembedding.id(), reembedding.status(), then, null);
    }

    @Override
    public void destroy() {
        stopped.cancel();
    }

    /** The text that an embedder reads for a stored passage: the same as when its document was ingested. */
    public static String embeddingInput(StoredText text) {
        return EmbeddingInput.format(text.title(), text.headings(), text.tableHeader(), text.text());
    }
}
