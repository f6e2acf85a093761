package dev.lectern.ingestion.pipeline;

import dev.lectern.ingestion.DocumentProcessed;
import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.ingestion.JobStatus;
import dev.lectern.ingestion.jobs.CompletionPublisher;
import dev.lectern.ingestion.jobs.JobMonitor;
import dev.lectern.ingestion.jobs.JobRepository;
import dev.lectern.ingestion.jobs.Task;
import dev.lectern.ingestion.jobs.TaskRepository;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.PipelineVersion;
import dev.lectern.library.update.DocumentStatusRepository;
import dev.lectern.library.update.MissingEmbeddingException;
import dev.lectern.library.update.PendingDocument;
import dev.lectern.observability.spi.LogContext.Scope;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabaseFull;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Records the outcome of each task in its job and its document: done, failed with a reason, or queued for another attempt. */
@Component
class TaskOutcomes {
    private static final String ORIGINALS_UNAVAILABLE =
            ErrorCode.ORIGINALS_UNAVAILABLE.name().toLowerCase(Locale.ROOT);
    private static final Logger log = LoggerFactory.getLogger(TaskOutcomes.class);

    private static final Duration MAX_BACK_OFF = Duration.ofMinutes(5);
    /** Attempts after an unexpected exception or a refusal of the model, which are not likely to pass. */
    private static final int UNEXPECTED_ATTEMPTS = 2;

    private final TaskRepository tasks;
    private final JobRepository jobs;
    private final DocumentStatusRepository documents;
    private final JobMonitor monitor;
    private final TransactionTemplate transactions;
    private final IngestionProperties properties;
    private final PipelineVersionProvider versions;
    private final CompletionPublisher completions;
    private final QueuePauser pauser;
    /** At most one for each document in work: none of them is claimed again before its outcome is recorded. */
    private final Queue<PendingOutcome> pending = new ConcurrentLinkedQueue<>();

    /** @param outage whether the failure was that of a service that was away, which may be back when the outcome is recorded */
    private record PendingOutcome(Task task, @Nullable String hash, RuntimeException failure, boolean outage) {}

    TaskOutcomes(
            TaskRepository tasks,
            JobRepository jobs,
            DocumentStatusRepository documents,
            JobMonitor monitor,
            TransactionTemplate transactions,
            IngestionProperties properties,
            PipelineVersionProvider versions,
            CompletionPublisher completions,
            QueuePauser pauser) {
        this.tasks = tasks;
        this.jobs = jobs;
        this.documents = documents;
        this.monitor = monitor;
        this.transactions = transactions;
        this.properties = properties;
        this.versions = versions;
        this.completions = completions;
        this.pauser = pauser;
    }

    /** Records committed documents, in the transaction that commits them. */
    void recordDone(List<Task> done, List<Integer> passages) {
        for (int i = 0; i < done.size(); i++) {
            markDone(done.get(i), DocumentProcessed.Status.DONE, passages.get(i));
        }
        jobs.finishCompleted(done.stream().map(Task::job).toList());
    }

    /** Records that the document needed no work. */
    void recordUnchanged(Task task) {
        transactions.executeWithoutResult(status -> {
            documents.restoreStatus(task.document());
            markDone(task, DocumentProcessed.Status.UNCHANGED, 0);
            jobs.finishCompleted(List.of(task.job()));
        });
        monitor.signalChange();
    }

    /**
     * Puts back a document that turned out to be large while as many large ones are at work as may be.
     *
     * @param embedded passages with an embedding
     * @param passages of the document
     */
    void recordPostponed(Task task, int embedded, int passages) {
        transactions.executeWithoutResult(status -> {
            if (tasks.requeueAsLarge(task, embedded, passages)) {
                documents.setStatus(List.of(task.document()), DocumentStatus.QUEUED);
            }
        });
        monitor.signalChange();
    }

    private void markDone(Task task, DocumentProcessed.Status end, int passages) {
        if (tasks.markDone(task, passages)) {
            publish(task, end, null, null, passages);
        }
        monitor.signalChange();
    }

    private void publish(
            Task task, DocumentProcessed.Status end, @Nullable String code, @Nullable String reason, int passages) {
        completions.publish(
                new DocumentProcessed(task.job(), task.document(), end, code, reason, passages, task.attempts() + 1));
    }

    /** Records bytes that cannot become text; another attempt will not help. */
    void recordRejection(
            Task task, PendingDocument document, PipelineVersion pipelineVersion, String code, String reason) {
        if (isReplaced(document, pipelineVersion)) {
            recordUnchanged(task);
        } else {
            markFailed(task, document, pipelineVersion, code, reason, true);
        }
    }

    /** Bytes that were replaced while they were read may be incomplete; the new bytes have a task of their own. */
    private boolean isReplaced(PendingDocument read, PipelineVersion pipelineVersion) {
        return documents
                .findPending(read.id(), pipelineVersion)
                .filter(now -> now.hash().equals(read.hash()))
                .isEmpty();
    }

    private void markFailed(
            Task task,
            PendingDocument document,
            PipelineVersion pipelineVersion,
            String code,
            String reason,
            boolean settled) {
        transactions.executeWithoutResult(status -> {
            documents.lockCollection(document.collection());
            if (tasks.markFailed(task, reason)) {
                boolean cancelled = code.equals(Task.CANCELLED);
                // Nothing was found out about bytes that had been read before.
                boolean untried = cancelled || code.equals(ORIGINALS_UNAVAILABLE);
                if (!untried || !documents.restoreAttempt(document.id(), document.hash(), pipelineVersion)) {
                    documents.recordFailure(document.id(), document.hash(), pipelineVersion, code, reason, settled);
                }
                publish(
                        task,
                        cancelled ? DocumentProcessed.Status.CANCELLED : DocumentProcessed.Status.FAILED,
                        code,
                        reason,
                        0);
                jobs.finishCompleted(List.of(task.job()));
            }
        });
        monitor.signalChange();
    }

    /**
     * Records a failure: one that may pass is retried. What cannot be recorded now is recorded by {@link #recordPending}.
     *
     * @param hash of the bytes that were at work; null when they are not known
     */
    void recordFailure(Task task, @Nullable String hash, RuntimeException failure) {
        boolean outage = isOutage(failure);
        try {
            handleFailure(task, hash, failure, outage);
        } catch (RuntimeException e) {
            log.warn("The outcome of a document could not be recorded yet: {}", task.document(), e);
            pending.add(new PendingOutcome(task, hash, failure, outage || e instanceof DataAccessException));
        }
    }

    /** Whether a service that all documents need is away; the queue is paused then. */
    boolean isOutage(RuntimeException failure) {
        if (DatabaseFull.isCauseOf(failure)) {
            return false;
        }
        try {
            return pauser.pauseFor(failure);
        } catch (RuntimeException e) {
            log.error("The cause of a failure could not be examined; it counts as the fault of the document", e);
            return false;
        }
    }

    /** Records the outcomes that could not be recorded when they happened. */
    void recordPending() {
        for (PendingOutcome one = pending.peek(); one != null; one = pending.peek()) {
            handleFailure(one.task(), one.hash(), one.failure(), one.outage());
            pending.remove(one);
        }
    }

    private void handleFailure(Task task, @Nullable String hash, RuntimeException failure, boolean outage) {
        try (Scope _ = task.logContext().open()) {
            decide(task, hash, failure, outage);
        }
    }

    private void decide(Task task, @Nullable String hash, RuntimeException failure, boolean outage) {
        if (failure instanceof LecternException known && known.code() == ErrorCode.SHUTTING_DOWN) {
            handleStop(task);
            return;
        }
        if (DatabaseFull.isCauseOf(failure)) {
            log.warn("A disk is full; the document is read when there is room: {}", task.document());
            log.debug("The failure of {}", task.document(), failure);
            requeue(task, properties.firstBackOff(), false);
            return;
        }
        if (outage) {
            requeue(task, Duration.ZERO, false);
            return;
        }
        boolean passes = isTransient(failure);
        int attempts = passes ? properties.attempts() : UNEXPECTED_ATTEMPTS;
        if (task.attempts() + 1 < attempts && !isPermanent(failure)) {
            log.warn("A document failed and will be retried: {}", task.document(), failure);
            requeue(task, backOff(task.attempts()), true);
            return;
        }
        log.warn("A document failed: {}", task.document(), failure);
        PipelineVersion pipelineVersion = versions.current();
        Optional<PendingDocument> document = documents.findPending(task.document(), pipelineVersion);
        if (document.isEmpty() || (hash != null && !hash.equals(document.get().hash()))) {
            recordUnchanged(task);
            return;
        }
        if (failure instanceof LecternException known) {
            String code = known.code().name().toLowerCase(Locale.ROOT);
            markFailed(task, document.get(), pipelineVersion, code, known.clientMessage(), !passes);
        } else {
            markFailed(
                    task,
                    document.get(),
                    pipelineVersion,
                    "internal",
                    "An internal error stopped the work on this document. Retry the job; the server's log has the"
                            + " details.",
                    !passes);
        }
    }

    private void requeue(Task task, Duration wait, boolean failure) {
        transactions.executeWithoutResult(status -> {
            if (tasks.requeue(task, wait, failure)) {
                documents.setStatus(List.of(task.document()), DocumentStatus.QUEUED);
            }
        });
    }

    /** The work was stopped by the end of the program, or because the job was cancelled. */
    private void handleStop(Task task) {
        boolean cancelled = jobs.find(task.job())
                .filter(job -> job.status() == JobStatus.CANCELLED)
                .isPresent();
        PipelineVersion pipelineVersion = versions.current();
        Optional<PendingDocument> document = documents.findPending(task.document(), pipelineVersion);
        if (cancelled && document.isPresent()) {
            markFailed(task, document.get(), pipelineVersion, Task.CANCELLED, Task.CANCELLED_REASON, false);
        } else {
            requeue(task, Duration.ZERO, false);
        }
    }

    private static boolean isTransient(RuntimeException failure) {
        return switch (failure) {
            case LecternException known -> known.code().isRetryable();
            case MissingEmbeddingException missing -> true;
            case DataAccessException database -> true;
            default -> false;
        };
    }

    /** A model that refuses the text of a document, and works otherwise, gets a second attempt. */
    private static boolean isPermanent(RuntimeException failure) {
        return failure instanceof LecternException known
                && !known.code().isRetryable()
                && known.code() != ErrorCode.MODEL_FAILED;
    }

    private Duration backOff(int attempts) {
        Duration wait = properties.firstBackOff().multipliedBy(1L << Math.min(attempts, 20));
        return wait.compareTo(MAX_BACK_OFF) > 0 ? MAX_BACK_OFF : wait;
    }
}
