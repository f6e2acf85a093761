package dev.lectern.ingestion.pipeline;

import dev.lectern.ingestion.jobs.JobRepository;
import dev.lectern.ingestion.jobs.TaskRepository;
import dev.lectern.library.DocumentsRenamedEvent;
import dev.lectern.library.update.DocumentStatusRepository;
import dev.lectern.shared.JobId;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Has documents read again whose title or kind follows the new name of their file, so that index and embeddings agree with it. */
@Component
class RenamedDocumentQueue {
    private final JobRepository jobs;
    private final TaskRepository tasks;
    private final DocumentStatusRepository documents;
    private final TaskWorker worker;

    RenamedDocumentQueue(
            JobRepository jobs, TaskRepository tasks, DocumentStatusRepository documents, TaskWorker worker) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.documents = documents;
        this.worker = worker;
    }

    /** Adds a job with one task for each document, in the transaction that renames them. */
    @EventListener
    void add(DocumentsRenamedEvent event) {
        JobId job = jobs.create(event.collection(), true);
        tasks.add(job, documents.findSizes(event.documents()), TaskRepository.Priority.SOURCE);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                worker.wake();
            }
        });
    }
}
