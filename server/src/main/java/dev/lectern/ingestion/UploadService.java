package dev.lectern.ingestion;

import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.ingestion.jobs.JobMonitor;
import dev.lectern.ingestion.jobs.JobRepository;
import dev.lectern.ingestion.jobs.TaskRepository;
import dev.lectern.ingestion.pipeline.PipelineVersionProvider;
import dev.lectern.ingestion.pipeline.TaskWorker;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.update.ConflictPolicy;
import dev.lectern.library.update.DocumentRegistrar;
import dev.lectern.library.update.DocumentStatusRepository;
import dev.lectern.library.update.IncomingDocument;
import dev.lectern.library.update.LocationRepository;
import dev.lectern.library.update.RegistrationResult;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.SourceId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Registers uploaded files and texts. The documents and their job are stored in one transaction. */
@Service
public class UploadService {
    private static final int TEXTS_PER_TRANSACTION = 500;

    private final DocumentRegistrar registrar;
    private final DocumentStatusRepository documents;
    private final LocationRepository locations;
    private final OriginalStore originals;
    private final TaskRepository tasks;
    private final JobRepository jobs;
    private final TaskWorker worker;
    private final JobMonitor monitor;
    private final PipelineVersionProvider versions;
    private final TransactionTemplate transactions;
    private final IngestionProperties properties;

    UploadService(
            DocumentRegistrar registrar,
            DocumentStatusRepository documents,
            LocationRepository locations,
            OriginalStore originals,
            TaskRepository tasks,
            JobRepository jobs,
            TaskWorker worker,
            JobMonitor monitor,
            PipelineVersionProvider versions,
            TransactionTemplate transactions,
            IngestionProperties properties) {
        this.registrar = registrar;
        this.documents = documents;
        this.locations = locations;
        this.originals = originals;
        this.tasks = tasks;
        this.jobs = jobs;
        this.worker = worker;
        this.monitor = monitor;
        this.versions = versions;
        this.transactions = transactions;
        this.properties = properties;
    }

    /**
     * An uploaded file; its bytes are stored already.
     *
     * @param name as its owner calls it, with its folders within the upload; see {@link UploadPath}
     */
    public record UploadedFile(String name, OriginalStore.Stored stored) {}

    /**
     * The result of an upload.
     *
     * @param job null when all files were refused
     * @param documents in the order of the files
     */
    public record Upload(@Nullable JobId job, List<RegistrationResult> documents) {}

    /**
     * Registers the files in a job of their own. The path of a file within its upload says which document of the collection it is.
     *
     * @param conflict what happens to a file whose path has a document with other bytes
     * @throws LecternException INVALID_REQUEST when a path is too long; NOT_FOUND when the collection does not exist
     */
    public Upload addFiles(WritableCollection collection, List<UploadedFile> files, ConflictPolicy conflict) {
        SourceId source = new SourceId("upload:" + collection.id());
        List<IncomingDocument> arrivals = new ArrayList<>(files.size());
        try {
            files.forEach(file -> arrivals.add(fileArrival(source, file, conflict)));
        } catch (RuntimeException e) {
            files.forEach(file -> originals.release(file.stored().hash()));
            throw e;
        }
        Upload upload = createJob(collection, arrivals, false);
        if (upload.job() != null) {
            complete(upload.job());
        }
        return upload;
    }

    /** Stores and registers the texts in a job of their own. */
    JobId addTexts(WritableCollection collection, List<TextDocument> texts) {
        SourceId source = new SourceId("texts:" + collection.id());
        JobId job = null;
        for (int from = 0; from < texts.size(); from += TEXTS_PER_TRANSACTION) {
            List<IncomingDocument> arrivals = new ArrayList<>();
            for (TextDocument text : texts.subList(from, Math.min(texts.size(), from + TEXTS_PER_TRANSACTION))) {
                arrivals.add(textArrival(source, text));
            }
            job = job == null
                    ? Objects.requireNonNull(
                            createJob(collection, arrivals, true).job())
                    : extendJob(collection, arrivals, job);
        }
        if (job == null) {
            throw LecternException.invalid("texts", "The list of texts is empty. Add at least one text.");
        }
        complete(job);
        return job;
    }

    /**
     * Creates the job unless all documents are refused.
     *
     * @param incomplete whether the job waits for {@link #extendJob} and {@link #complete}
     */
    private Upload createJob(WritableCollection collection, List<IncomingDocument> arrivals, boolean incomplete) {
        AtomicReference<@Nullable JobId> job = new AtomicReference<>();
        List<RegistrationResult> registered = registrar.register(collection, arrivals, versions.current(), all -> {
            if (all.stream().allMatch(one -> one.outcome() == RegistrationResult.Outcome.REFUSED)) {
                return;
            }
            JobId created = jobs.create(collection, !incomplete);
            job.set(created);
            tasks.add(created, documents.findSizes(needingWork(all)), TaskRepository.Priority.UPLOAD);
        });
        worker.wake();
        return new Upload(job.get(), registered);
    }

    private JobId extendJob(WritableCollection collection, List<IncomingDocument> arrivals, JobId job) {
        registrar.register(
                collection,
                arrivals,
                versions.current(),
                all -> tasks.add(job, documents.findSizes(needingWork(all)), TaskRepository.Priority.SOURCE));
        worker.wake();
        return job;
    }

    private void complete(JobId job) {
        transactions.executeWithoutResult(status -> {
            jobs.markScanned(job);
            jobs.finishCompleted(List.of(job));
        });
        monitor.signalChange();
    }

    private IncomingDocument fileArrival(SourceId source, UploadedFile file, ConflictPolicy conflict) {
        String path = findPath(source, file.name());
        return new IncomingDocument(
                source,
                path,
                "upload:" + path,
                UploadPath.fileName(path),
                file.stored().hash(),
                file.stored().bytes(),
                0,
                false,
                true,
                conflict);
    }

    /** A document that version 0.2.0 stored under another form of the same name stays the document of that name. */
    private String findPath(SourceId source, String name) {
        String path = UploadPath.normalize(name);
        String former = UploadPath.former(name);
        boolean renamed = !path.contains("/")
                && !former.equals(path)
                && !hasDocument(source, path)
                && hasDocument(source, former);
        return renamed ? former : path;
    }

    private boolean hasDocument(SourceId source, String path) {
        return !locations.findDocuments(source, List.of(path)).isEmpty();
    }

    private IncomingDocument textArrival(SourceId source, TextDocument text) {
        String title = text.title().replace('\n', ' ').replace('\0', ' ').strip();
        byte[] bytes = (title + "\n\n" + text.text()).getBytes(StandardCharsets.UTF_8);
        try {
            OriginalStore.Stored stored = originals.store(
                    new ByteArrayInputStream(bytes), properties.maxFile().toBytes());
            return new IncomingDocument(
                    source,
                    text.path(),
                    "text:" + text.path(),
                    title.isEmpty() ? text.path() : title,
                    stored.hash(),
                    stored.bytes(),
                    0,
                    true,
                    true,
                    ConflictPolicy.REPLACE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<DocumentId> needingWork(List<RegistrationResult> all) {
        List<DocumentId> work = new ArrayList<>();
        for (RegistrationResult one : all) {
            DocumentId document = one.document();
            if (one.needsProcessing() && document != null && !work.contains(document)) {
                work.add(document);
            }
        }
        return work;
    }
}
