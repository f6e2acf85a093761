package dev.lectern.ingestion;

import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.ingestion.jobs.JobMonitor;
import dev.lectern.ingestion.jobs.JobRepository;
import dev.lectern.ingestion.jobs.TaskRepository;
import dev.lectern.ingestion.pipeline.PipelineVersionProvider;
import dev.lectern.ingestion.pipeline.TaskWorker;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.update.DocumentRegistrar;
import dev.lectern.library.update.DocumentStatusRepository;
import dev.lectern.library.update.IncomingDocument;
import dev.lectern.library.update.RegistrationResult;
import dev.lectern.shared.CollectionId;
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
    private static final int LONGEST_NAME = 200;
    private static final int TEXTS_PER_TRANSACTION = 500;

    private final DocumentRegistrar registrar;
    private final DocumentStatusRepository documents;
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
     * @param name as its owner calls it; path and control characters are removed when it is added
     */
    public record UploadedFile(String name, OriginalStore.Stored stored) {}

    /** @param documents in the order of the files */
    public record Upload(JobId job, List<RegistrationResult> documents) {}

    /** Registers the files in a job of their own. */
    public Upload addFiles(CollectionId collection, List<UploadedFile> files) {
        SourceId source = new SourceId("upload:" + collection);
        List<IncomingDocument> arrivals =
                files.stream().map(file -> fileArrival(source, file)).toList();
        Upload upload = createJob(collection, arrivals, false);
        complete(upload.job());
        return upload;
    }

    /** Stores and registers the texts in a job of their own. */
    JobId addTexts(CollectionId collection, List<TextDocument> texts) {
        SourceId source = new SourceId("texts:" + collection);
        JobId job = null;
        for (int from = 0; from < texts.size(); from += TEXTS_PER_TRANSACTION) {
            List<IncomingDocument> arrivals = new ArrayList<>();
            for (TextDocument text : texts.subList(from, Math.min(texts.size(), from + TEXTS_PER_TRANSACTION))) {
                arrivals.add(textArrival(source, text));
            }
            job = job == null ? createJob(collection, arrivals, true).job() : extendJob(collection, arrivals, job);
        }
        if (job == null) {
            throw LecternException.invalid("texts", "The list of texts is empty. Add at least one text.");
        }
        complete(job);
        return job;
    }

    /** @param incomplete whether the job waits for {@link #extendJob} and {@link #complete} */
    private Upload createJob(CollectionId collection, List<IncomingDocument> arrivals, boolean incomplete) {
        AtomicReference<@Nullable JobId> job = new AtomicReference<>();
        List<RegistrationResult> registered = registrar.register(collection, arrivals, versions.current(), all -> {
            JobId created = jobs.create(collection, !incomplete);
            job.set(created);
            tasks.add(created, documents.findSizes(needingWork(all)), TaskRepository.Priority.UPLOAD);
        });
        worker.wake();
        return new Upload(Objects.requireNonNull(job.get()), registered);
    }

    private JobId extendJob(CollectionId collection, List<IncomingDocument> arrivals, JobId job) {
        registrar.register(
                collection,
                arrivals,
                versions.current(),
                all -> tasks.add(job, documents.findSizes(needingWork(all)), TaskRepository.Priority.UPLOAD));
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

    private static IncomingDocument fileArrival(SourceId source, UploadedFile file) {
        String name = sanitizeName(file.name());
        return new IncomingDocument(
                source,
                name,
                "upload:" + name,
                name,
                file.stored().hash(),
                file.stored().bytes(),
                0,
                false,
                true);
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
                    true);
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

    /** The last part of a path of any system, without control characters, at most 200 characters. */
    static String sanitizeName(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String clean = last.codePoints()
                .filter(point -> !Character.isISOControl(point) && point != 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        if (clean.isEmpty() || clean.equals(".") || clean.equals("..")) {
            return "unnamed";
        }
        return clean.length() <= LONGEST_NAME ? clean : clean.substring(clean.length() - LONGEST_NAME);
    }
}
