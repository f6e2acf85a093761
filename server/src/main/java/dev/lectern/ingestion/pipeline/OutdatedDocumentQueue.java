package dev.lectern.ingestion.pipeline;

import dev.lectern.ingestion.jobs.JobRepository;
import dev.lectern.ingestion.jobs.TaskRepository;
import dev.lectern.library.LibraryCollection;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.update.DocumentStatusRepository;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.JobId;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has documents read again that were read by an earlier release, or with another command for recognition of text. Their jobs show the progress; uploads and
 * new files are not kept waiting by them.
 */
@Component
public class OutdatedDocumentQueue {
    private static final Logger log = LoggerFactory.getLogger(OutdatedDocumentQueue.class);

    /** Of one job, which is added in one transaction. */
    private static final int DOCUMENTS_PER_JOB = 10_000;

    private final LibraryCollections collections;
    private final DocumentStatusRepository documents;
    private final JobRepository jobs;
    private final TaskRepository tasks;
    private final PipelineVersionProvider versions;
    private final TransactionTemplate transactions;
    private final TaskWorker worker;

    OutdatedDocumentQueue(
            LibraryCollections collections,
            DocumentStatusRepository documents,
            JobRepository jobs,
            TaskRepository tasks,
            PipelineVersionProvider versions,
            TransactionTemplate transactions,
            TaskWorker worker) {
        this.collections = collections;
        this.documents = documents;
        this.jobs = jobs;
        this.tasks = tasks;
        this.versions = versions;
        this.transactions = transactions;
        this.worker = worker;
    }

    /**
     * Queues all outdated documents. Called once at the start: nodes with different settings would otherwise have them read again and again.
     */
    public void queueAll() {
        for (LibraryCollection collection : collections.list(SystemTask.REREADING)) {
            WritableCollection writable = collections.writableBy(SystemTask.REREADING, collection.id());
            int queued = queueSome(writable);
            while (queued == DOCUMENTS_PER_JOB) {
                queued = queueSome(writable);
            }
        }
    }

    private int queueSome(WritableCollection collection) {
        Map<DocumentId, Long> queued = transactions.execute(status -> {
            Map<DocumentId, Long> outdated =
                    documents.queueOutdated(collection, versions.current(), DOCUMENTS_PER_JOB);
            if (!outdated.isEmpty()) {
                JobId job = jobs.create(collection, true);
                tasks.add(job, outdated, TaskRepository.Priority.SOURCE);
                log.info(
                        "{} documents of the collection {} were read by an earlier version or with other settings and"
                                + " are read again in the background: job {}",
                        outdated.size(),
                        collection.id(),
                        job);
            }
            return outdated;
        });
        if (!queued.isEmpty()) {
            worker.wake();
        }
        return queued.size();
    }
}
