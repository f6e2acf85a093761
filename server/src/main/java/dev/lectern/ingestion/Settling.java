package dev.lectern.ingestion;

import dev.lectern.library.DocumentStatus;
import dev.lectern.library.PipelineVersion;
import dev.lectern.library.update.DocumentStatusRepository;
import dev.lectern.library.update.MissingEmbeddingException;
import dev.lectern.library.update.PendingDocument;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
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

/** What becomes of a task and of its job: done, failed with a reason, or tried again later. */
@Component
class Settling {
    private static final Logger log = LoggerFactory.getLogger(Settling.class);
    static final String CANCELLED = "cancelled";
    static final String CANCELLED_REASON = "Cancelled before it was read. Try it again when it is wanted.";

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    /** Of failures that nobody foresaw: they are not likely to pass. */
    private static final int UNFORESEEN_ATTEMPTS = 2;

    private final TaskQueue tasks;
    private final Jobs jobs;
    private final DocumentStatusRepository documents;
    private final JobWatch watch;
    private final TransactionTemplate transactions;
    private final IngestionProperties properties;
    private final RecipeSource recipes;
    /** As many as documents are at work, at most: none of them is claimed again before it is written down. */
    private final Queue<Unwritten> unwritten = new ConcurrentLinkedQueue<>();

    private record Unwritten(Task task, @Nullable String hash, RuntimeException failure) {}

    Settling(
            TaskQueue tasks,
            Jobs jobs,
            DocumentStatusRepository documents,
            JobWatch watch,
            TransactionTemplate transactions,
            IngestionProperties properties,
            RecipeSource recipes) {
        this.tasks = tasks;
        this.jobs = jobs;
        this.documents = documents;
        this.watch = watch;
        this.transactions = transactions;
        this.properties = properties;
        this.recipes = recipes;
    }

    /** In the transaction that shows the documents. */
    void done(List<Task> done, List<Integer> passages) {
        for (int i = 0; i < done.size(); i++) {
            tasks.done(done.get(i), passages.get(i));
            watch.finished(done.get(i).job(), passages.get(i));
        }
        jobs.finish(done.stream().map(Task::job).toList());
    }

    /** There was nothing to do. */
    void nothing(Task task) {
        transactions.executeWithoutResult(status -> {
            documents.restoreStatus(task.document());
            done(List.of(task), List.of(0));
        });
        watch.changed();
    }

    /** The bytes cannot be shown, and trying again will not help. */
    void refused(Task task, PendingDocument document, PipelineVersion pipelineVersion, String code, String reason) {
        if (isReplaced(document, pipelineVersion)) {
            nothing(task);
        } else {
            refused(task, document, pipelineVersion, code, reason, true);
        }
    }

    /** Bytes that were replaced while they were read may have been gone before their end; the new ones have a task of their own. */
    private boolean isReplaced(PendingDocument read, PipelineVersion pipelineVersion) {
        return documents
                .findPending(read.id(), pipelineVersion)
                .filter(now -> now.hash().equals(read.hash()))
                .isEmpty();
    }

    private void refused(
            Task task,
            PendingDocument document,
            PipelineVersion pipelineVersion,
            String code,
            String reason,
            boolean settled) {
        transactions.executeWithoutResult(status -> {
            if (tasks.failed(task, reason)) {
                documents.recordFailure(document.id(), document.hash(), pipelineVersion, code, reason, settled);
                jobs.finish(List.of(task.job()));
            }
        });
        watch.finished(task.job(), 0);
    }

    /**
     * Something went wrong; what may pass is tried again. When not even that can be written down it is kept and written by {@link #catchUp}.
     *
     * @param hash of the bytes that were at work; null when they were not even known
     */
    void settle(Task task, @Nullable String hash, RuntimeException failure) {
        try {
            failed(task, hash, failure);
        } catch (RuntimeException e) {
            log.warn("What became of a document cannot be written down yet: {}", task.document(), e);
            unwritten.add(new Unwritten(task, hash, failure));
        }
    }

    /** Writes down what could not be written when it happened. */
    void catchUp() {
        for (Unwritten one = unwritten.peek(); one != null; one = unwritten.peek()) {
            failed(one.task(), one.hash(), one.failure());
            unwritten.remove(one);
        }
    }

    private void failed(Task task, @Nullable String hash, RuntimeException failure) {
        if (failure instanceof LecternException known && known.code() == ErrorCode.SHUTTING_DOWN) {
            stopped(task);
            return;
        }
        boolean passing = mayPass(failure);
        int most = passing ? properties.attempts() : UNFORESEEN_ATTEMPTS;
        if (task.attempts() + 1 < most && !permanent(failure)) {
            log.warn("A document will be tried again: {}", task.document(), failure);
            again(task, waitAfter(task.attempts()), true);
            return;
        }
        log.warn("A document failed: {}", task.document(), failure);
        PipelineVersion pipelineVersion = recipes.recipe();
        Optional<PendingDocument> document = documents.findPending(task.document(), pipelineVersion);
        if (document.isEmpty() || (hash != null && !hash.equals(document.get().hash()))) {
            nothing(task);
            return;
        }
        if (failure instanceof LecternException known) {
            String code = known.code().name().toLowerCase(Locale.ROOT);
            refused(task, document.get(), pipelineVersion, code, sentence(known), !passing);
        } else {
            refused(
                    task,
                    document.get(),
                    pipelineVersion,
                    "internal",
                    "Something went wrong here while this was read. Try it again; the server's log has the details.",
                    !passing);
        }
    }

    private void again(Task task, Duration wait, boolean failure) {
        transactions.executeWithoutResult(status -> {
            if (tasks.later(task, wait, failure)) {
                documents.setStatus(List.of(task.document()), DocumentStatus.QUEUED);
            }
        });
    }

    /** By the end of the program, or by someone who cancelled the job. */
    private void stopped(Task task) {
        boolean cancelled = jobs.find(task.job())
                .filter(job -> job.status() == JobStatus.CANCELLED)
                .isPresent();
        PipelineVersion pipelineVersion = recipes.recipe();
        Optional<PendingDocument> document = documents.findPending(task.document(), pipelineVersion);
        if (cancelled && document.isPresent()) {
            refused(task, document.get(), pipelineVersion, CANCELLED, CANCELLED_REASON, false);
        } else {
            again(task, Duration.ZERO, false);
        }
    }

    private static boolean mayPass(RuntimeException failure) {
        return switch (failure) {
            case LecternException known -> known.code().retryable();
            case MissingEmbeddingException missing -> true;
            case DataAccessException database -> true;
            default -> false;
        };
    }

    private static boolean permanent(RuntimeException failure) {
        return failure instanceof LecternException known && !known.code().retryable();
    }

    private Duration waitAfter(int attempts) {
        Duration wait = properties.firstBackOff().multipliedBy(1L << Math.min(attempts, 20));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private static String sentence(LecternException failure) {
        String message = failure.getMessage();
        return message == null ? failure.code().title() + "." : message;
    }
}
