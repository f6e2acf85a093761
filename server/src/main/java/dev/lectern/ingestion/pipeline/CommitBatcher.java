package dev.lectern.ingestion.pipeline;

import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.ingestion.jobs.JobMonitor;
import dev.lectern.ingestion.jobs.Task;
import dev.lectern.library.PipelineVersion;
import dev.lectern.library.update.DocumentCommitter;
import dev.lectern.library.update.PreparedDocument;
import dev.lectern.observability.spi.LogContext.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Commits prepared documents in batches: at once when nothing else is being prepared, so that a small upload becomes visible immediately; otherwise in large
 * batches, so that a bulk ingestion seldom raises the generation and caches stay valid.
 */
@Component
class CommitBatcher {
    private static final Logger log = LoggerFactory.getLogger(CommitBatcher.class);
    private static final int CAPACITY = 64;
    private static final long POLL_MILLIS = 20;
    private static final long STOP_POLL_MILLIS = 200;

    private final DocumentCommitter committer;
    private final TaskOutcomes outcomes;
    private final JobMonitor monitor;
    private final LoopMonitor loops;
    private final IngestionProperties properties;
    private final BlockingQueue<Prepared> queue = new ArrayBlockingQueue<>(CAPACITY);

    CommitBatcher(
            DocumentCommitter committer,
            TaskOutcomes outcomes,
            JobMonitor monitor,
            LoopMonitor loops,
            IngestionProperties properties) {
        this.committer = committer;
        this.outcomes = outcomes;
        this.monitor = monitor;
        this.loops = loops;
        this.properties = properties;
    }

    private record Prepared(Task task, PreparedDocument document, PipelineVersion recipe) {}

    /** Queues a document to be committed; blocks while the queue is full. */
    void enqueue(Task task, PreparedDocument document, PipelineVersion recipe) throws InterruptedException {
        queue.put(new Prepared(task, document, recipe));
    }

    /**
     * Commits until it is stopped. It is not stopped by an interrupt, which could hit the index in the middle of a write.
     *
     * @param busy whether other documents are being prepared
     */
    void run(BooleanSupplier busy, BooleanSupplier stopped) {
        RestartingLoop.run("The commit of documents", loops, stopped, () -> {
            Prepared first = queue.poll(STOP_POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                commitEach(collectBatch(first, busy));
            }
        });
    }

    private List<Prepared> collectBatch(Prepared first, BooleanSupplier busy) throws InterruptedException {
        List<Prepared> batch = new ArrayList<>(List.of(first));
        int passages = first.document().passages().size();
        long end = System.nanoTime() + properties.batchTime().toNanos();
        while (batch.size() < properties.batchDocuments()
                && passages < properties.batchPassages()
                && System.nanoTime() < end) {
            Prepared next = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (next != null) {
                batch.add(next);
                passages += next.document().passages().size();
            } else if (!busy.getAsBoolean()) {
                break;
            }
        }
        return batch;
    }

    /** A document that cannot be committed must not hold up the others of its batch, so these are committed one by one. */
    private void commitEach(List<Prepared> batch) {
        try (Scope _ =
                Task.logContext(batch.stream().map(Prepared::task).toList()).open()) {
            tryCommit(batch);
        }
    }

    private void tryCommit(List<Prepared> batch) {
        try {
            commit(batch);
        } catch (RuntimeException | Error e) {
            RuntimeException failure = RestartingLoop.asException(e);
            if (batch.size() == 1 || outcomes.isOutage(failure)) {
                batch.forEach(
                        one -> outcomes.recordFailure(one.task(), one.document().hash(), failure));
                return;
            }
            log.warn("A batch of {} documents could not be committed; they are committed one by one", batch.size(), e);
            batch.forEach(one -> commitEach(List.of(one)));
        }
    }

    private void commit(List<Prepared> batch) {
        committer.commit(
                batch.stream().map(Prepared::document).toList(),
                batch.getFirst().recipe(),
                () -> outcomes.recordDone(
                        batch.stream().map(Prepared::task).toList(),
                        batch.stream()
                                .map(one -> one.document().passages().size())
                                .toList()));
        monitor.signalChange();
    }
}
