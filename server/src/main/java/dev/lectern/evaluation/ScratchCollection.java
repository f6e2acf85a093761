package dev.lectern.evaluation;

import dev.lectern.evaluation.QuestionFolder.Document;
import dev.lectern.ingestion.Ingestion;
import dev.lectern.ingestion.Ingestion.TextDocument;
import dev.lectern.ingestion.Job;
import dev.lectern.library.LibraryCollection;
import dev.lectern.library.LibraryCollections;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ReadableCollections;
import dev.lectern.shared.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * All corpora in one collection. Equal documents of several corpora are one document with several ids, as they would be in the library; the collection
 * is named after a hash of its content, so that the next run finds it.
 */
final class ScratchCollection {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Caller CALLER = new Caller.Operator("evaluation");

    /** An id is unique in its folder only. */
    record CorpusId(QuestionFolder folder, String id) {}

    private final Map<String, TextDocument> texts = new LinkedHashMap<>();
    private final Map<String, List<CorpusId>> idsByPath = new LinkedHashMap<>();
    private final ReadableCollections readable;

    private ScratchCollection(
            List<QuestionFolder> folders,
            LibraryCollections collections,
            Ingestion ingestion,
            Consumer<String> progress)
            throws InterruptedException {
        for (QuestionFolder folder : folders) {
            folder.corpus().forEach(document -> add(folder, document));
        }
        if (texts.isEmpty()) {
            throw LecternException.invalid("folder", "None of the folders has a corpus.jsonl with documents.");
        }
        this.readable = new ReadableCollections(Set.of(filled(collections, ingestion, progress)));
    }

    static ScratchCollection of(
            List<QuestionFolder> folders,
            LibraryCollections collections,
            Ingestion ingestion,
            Consumer<String> progress)
            throws InterruptedException {
        return new ScratchCollection(folders, collections, ingestion, progress);
    }

    ReadableCollections readable() {
        return readable;
    }

    /** The ids in one folder of a document, by its uri in the library; empty when it comes from other folders alone. */
    List<String> idsIn(QuestionFolder folder, String uri) {
        return idsByPath.getOrDefault(uri.substring(uri.indexOf(':') + 1), List.of()).stream()
                .filter(id -> id.folder().equals(folder))
                .map(CorpusId::id)
                .toList();
    }

    boolean has(QuestionFolder folder) {
        return idsByPath.values().stream()
                .anyMatch(ids -> ids.stream().anyMatch(id -> id.folder().equals(folder)));
    }

    private void add(QuestionFolder folder, Document document) {
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

    private CollectionId filled(LibraryCollections collections, Ingestion ingestion, Consumer<String> progress)
            throws InterruptedException {
        String name = "evaluation " + hash();
        Optional<LibraryCollection> earlier = collections.list(CALLER).stream()
                .filter(collection -> collection.name().equals(name))
                .findFirst();
        CollectionId id = earlier.orElseGet(() -> collections.create(name)).id();
        await(ingestion, ingestion.addTexts(id, List.copyOf(texts.values())), progress);
        return id;
    }

    private static void await(Ingestion ingestion, JobId id, Consumer<String> progress) throws InterruptedException {
        Job job = ingestion.await(id, LOOK_EVERY);
        while (job.finishedAt() == null) {
            progress.accept("Indexing: %,d of %,d documents, %,d passages"
                    .formatted(
                            job.progress().done(),
                            job.progress().total(),
                            job.progress().passages()));
            job = ingestion.await(id, LOOK_EVERY);
        }
        if (job.progress().failed() > 0 || job.reasonCode() != null) {
            String reason = job.reason();
            throw new LecternException(
                    ErrorCode.INTERNAL,
                    "The corpus could not be indexed: %d documents failed. %s"
                            .formatted(job.progress().failed(), reason == null ? "" : reason));
        }
        progress.accept("Indexed %,d documents".formatted(job.progress().done()));
    }

    private String hash() {
        Sha256 hash = new Sha256();
        texts.keySet().forEach(content -> hash.update(content).update((byte) 0));
        return hash.hex().substring(0, 16);
    }
}
