package dev.lectern.evaluation;

import dev.lectern.evaluation.BeirDataset.Document;
import dev.lectern.ingestion.Job;
import dev.lectern.ingestion.JobService;
import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.library.LibraryCollection;
import dev.lectern.library.LibraryCollections;
import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.ModelCallContext.Purpose;
import dev.lectern.shared.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A collection with the documents of all corpora. Equal documents of several corpora are one document with several ids, as in the library. The name of the
 * collection contains a hash of its content, so that the next run finds it.
 */
final class EvaluationCollection {
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(5);
    private static final Caller CALLER = Caller.SystemTask.EVALUATION;
    static final ModelCallContext MODEL_CALLS = ModelCallContext.of(Purpose.EVALUATION, CALLER);

    /** An id is unique only within its dataset. */
    record CorpusId(BeirDataset folder, String id) {}

    private final Map<String, TextDocument> texts = new LinkedHashMap<>();
    private final Map<String, List<CorpusId>> idsByPath = new LinkedHashMap<>();
    private final ReadableCollections readable;

    private EvaluationCollection(
            List<BeirDataset> folders, LibraryCollections collections, JobService jobService, Consumer<String> progress)
            throws InterruptedException {
        for (BeirDataset folder : folders) {
            folder.corpus().forEach(document -> add(folder, document));
        }
        if (texts.isEmpty()) {
            throw LecternException.invalid(
                    "folder", "No folder has a file corpus.jsonl with documents. Name a folder with one.");
        }
        this.readable = collections.readableBy(CALLER, List.of(fill(collections, jobService, progress)));
    }

    static EvaluationCollection of(
            List<BeirDataset> folders, LibraryCollections collections, JobService jobService, Consumer<String> progress)
            throws InterruptedException {
        return new EvaluationCollection(folders, collections, jobService, progress);
    }

    ReadableCollections readable() {
        return readable;
    }

    /** The ids of a document in one dataset, by its uri in the library; empty when the document comes only from other datasets. */
    List<String> idsIn(BeirDataset folder, String uri) {
        return idsByPath.getOrDefault(uri.substring(uri.indexOf(':') + 1), List.of()).stream()
                .filter(id -> id.folder().equals(folder))
                .map(CorpusId::id)
                .toList();
    }

    boolean contains(BeirDataset folder) {
        return idsByPath.values().stream()
                .anyMatch(ids -> ids.stream().anyMatch(id -> id.folder().equals(folder)));
    }

    private void add(BeirDataset folder, Document document) {
        String content = document.title().strip() + "\n\n" + document.text().strip();
        String path = texts.computeIfAbsent(
                        content,
                        key -> new TextDocument(
                                "d" + texts.size(),
                                document.title().strip(),
                                document.text().strip()))
                .path();
        idsByPath.computeIfAbsent(path, key -> new ArrayList<>()).add(new CorpusId(folder, document.id()));
    }

    private CollectionId fill(LibraryCollections collections, JobService jobService, Consumer<String> progress)
            throws InterruptedException {
        String name = "evaluation " + hash();
        Optional<LibraryCollection> earlier = collections.list(CALLER).stream()
                .filter(collection -> collection.name().equals(name))
                .findFirst();
        CollectionId id =
                earlier.orElseGet(() -> collections.create(CALLER, name)).id();
        await(jobService, jobService.addTexts(CALLER, id, List.copyOf(texts.values())), () -> {
            // An earlier run may have indexed some documents, and its job may go on with others: the collection knows.
            long indexed = collections.list(CALLER).stream()
                    .filter(collection -> collection.id().equals(id))
                    .mapToLong(LibraryCollection::searchable)
                    .sum();
            progress.accept("Indexing: %,d of %,d documents".formatted(indexed, texts.size()));
        });
        progress.accept("Indexed %,d documents".formatted(texts.size()));
        return id;
    }

    private static void await(JobService jobService, JobId id, Runnable report) throws InterruptedException {
        Job job = jobService.await(CALLER, id, POLL_INTERVAL);
        while (job.finishedAt() == null) {
            report.run();
            job = jobService.await(CALLER, id, POLL_INTERVAL);
        }
        if (job.progress().failed() > 0 || job.reasonCode() != null) {
            String reason = job.reason();
            throw new LecternException(
                    ErrorCode.INTERNAL,
                    "Indexing of the corpus failed for %d documents. %s"
                            .formatted(job.progress().failed(), reason == null ? "" : reason));
        }
    }

    private String hash() {
        Sha256 hash = new Sha256();
        texts.keySet().forEach(content -> hash.update(content).update((byte) 0));
        return hash.hex().substring(0, 16);
    }
}
