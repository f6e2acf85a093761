package dev.lectern.library;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.SourceId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** How the content of the library changes; for ingestion alone. Thread-safe; every method can be repeated after a crash. */
public interface LibraryWriter {

    /** Every location of a source, by path. */
    Map<String, KnownFile> known(SourceId source, Recipe recipe);

    /**
     * Takes note of what was found, all of it in one transaction. The bytes are released from the original store.
     *
     * @param arrivals 0 to 1,000
     * @param inTransaction is given what became of each, in their order; what it writes is kept or lost together with it
     * @throws dev.lectern.shared.LecternException NOT_FOUND when there is no such collection
     */
    List<Registered> register(
            CollectionId collection, List<Arrival> arrivals, Recipe recipe, Consumer<List<Registered>> inTransaction);

    /** The bytes at these locations are as they were, only the times have changed. */
    void touched(SourceId source, Collection<KnownFile> files);

    /** Forgets locations; documents without any other are deleted everywhere. */
    void vanished(SourceId source, Collection<String> paths);

    /** What is to be read; empty when the document is no longer there. */
    Optional<PendingDocument> pending(DocumentId document, Recipe recipe);

    /** The sizes in bytes of the newest originals, in the given order, without documents that do not exist. Joins a transaction. */
    Map<DocumentId, Long> findSizes(Collection<DocumentId> documents);

    /** Someone wants it read again, whatever the ledger says. Joins a transaction. */
    void again(DocumentId document);

    /** Joins a transaction. */
    void mark(Collection<DocumentId> documents, DocumentStatus status);

    /** The work on it found nothing to do: it is what the last attempt made of it. Joins a transaction. */
    void unchanged(DocumentId document);

    /**
     * Someone stopped the work before the newest bytes were read. Joins a transaction.
     *
     * @param code for machines, in lower case
     * @param reason a sentence that says what to do
     */
    void stopped(Collection<DocumentId> documents, String code, String reason);

    /** A file that is there and cannot be read: a failed document says so, an earlier version stays. */
    void unreadable(CollectionId collection, Arrival arrival, String reason);

    /**
     * Shows new versions: first the index learns them, then one transaction makes them the present ones and raises the generation of each collection
     * once, then the index forgets the old. Documents that were deleted or have newer bytes are left out.
     *
     * @param inTransaction what it writes is kept or lost together with the versions
     * @throws dev.lectern.shared.LecternException INDEX_UNAVAILABLE; nothing has changed then
     * @throws MissingEmbeddingException when an embedding was collected in the meantime
     */
    void commit(List<PreparedDocument> documents, Recipe recipe, Runnable inTransaction);

    /**
     * The newest bytes cannot be shown; an earlier version stays.
     *
     * @param code for machines, in lower case
     * @param reason a sentence that says what to do
     * @param settled whether trying again with the same bytes and recipe is useless
     */
    void failed(DocumentId document, String hash, Recipe recipe, String code, String reason, boolean settled);

    /** Finishes what a killed process left, and fills an index again that lacks something; for the start, before anything is ingested. */
    void recover();

    /** Retries deletions that the index refused and drops embeddings that no passage uses. Not while documents are being prepared. */
    void tidy();
}
