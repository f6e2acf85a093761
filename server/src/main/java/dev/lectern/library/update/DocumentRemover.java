package dev.lectern.library.update;

import dev.lectern.audit.AuditAction;
import dev.lectern.audit.AuditEntry;
import dev.lectern.audit.AuditLog;
import dev.lectern.index.PassageSelection;
import dev.lectern.library.CollectionDeletedEvent;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.jdbc.CollectionLock;
import dev.lectern.security.CollectionAccess;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Permission;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Deletes documents and collections: first from the database in one transaction, which makes them invisible, then from the indexes and the originals. */
@Component
public class DocumentRemover {
    /** The tables whose rows belong to a document. */
    private static final List<String> CONTENT =
            List.of("passage", "document_text", "document_metadata", "document_tag");

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final CollectionLock lock;
    private final CollectionAccess access;
    private final IndexOutbox indexOutbox;
    private final OriginalOutbox originalOutbox;
    private final OutboxProcessor outboxes;
    private final ApplicationEventPublisher events;
    private final AuditLog auditLog;

    DocumentRemover(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            CollectionLock lock,
            CollectionAccess access,
            IndexOutbox indexOutbox,
            OriginalOutbox originalOutbox,
            OutboxProcessor outboxes,
            ApplicationEventPublisher events,
            AuditLog auditLog) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.lock = lock;
        this.access = access;
        this.indexOutbox = indexOutbox;
        this.originalOutbox = originalOutbox;
        this.outboxes = outboxes;
        this.events = events;
        this.auditLog = auditLog;
    }

    /**
     * Deletes a document everywhere. Its locations stay, so that a scan does not add the same bytes again. False when the document does not exist.
     *
     * @param notFound the error for a document that does not exist
     * @throws LecternException {@code notFound} when the caller may not read the document; FORBIDDEN when the caller may not change it
     */
    public boolean deleteDocument(Caller caller, DocumentId document, Supplier<LecternException> notFound) {
        return deleteDocument(caller, document, () -> {}, notFound);
    }

    /**
     * As {@link #deleteDocument(Caller, DocumentId, Supplier)}, if a condition holds.
     *
     * @param condition throws if it does not; called in the transaction that deletes, while nobody else can change the document
     */
    public boolean deleteDocument(
            Caller caller, DocumentId document, Runnable condition, Supplier<LecternException> notFound) {
        Optional<OutboxEntries> entries = transactions.execute(status -> {
            Optional<CollectionId> collection = findPlace(document).map(Place::collection);
            collection.ifPresent(found -> access.require(caller, Permission.WRITE, found, notFound));
            collection.ifPresent(lock::lock);
            // Another transaction may have deleted it while this one waited for the lock.
            Optional<Place> place = collection.flatMap(found -> findPlace(document));
            if (place.isEmpty()) {
                return Optional.empty();
            }
            lock.lockDocuments(List.of(document));
            condition.run();
            auditLog.record(AuditEntry.of(AuditAction.DOCUMENT_DELETED, caller, "document", document.value())
                    .with("collection", place.get().collection())
                    .with("address", place.get().uri()));
            jdbc.sql("UPDATE location SET document = NULL WHERE document = ?")
                    .param(document.value())
                    .update();
            return Optional.of(deleteRows(List.of(document)));
        });
        entries.ifPresent(outboxes::execute);
        return entries.isPresent();
    }

    private Optional<Place> findPlace(DocumentId document) {
        return jdbc.sql("SELECT collection, uri FROM document WHERE id = ?")
                .param(document.value())
                .query((row, number) -> new Place(new CollectionId(row.getString(1)), row.getString(2)))
                .optional();
    }

    /**
     * Deletes a collection with its documents everywhere and publishes {@link CollectionDeletedEvent}. False when the collection does not exist.
     *
     * @param condition throws if the collection is not to be deleted; called in the transaction that deletes, while nobody else can change it
     * @throws LecternException NOT_FOUND when the caller may not read the collection; FORBIDDEN when the caller may not manage it
     */
    public boolean deleteCollection(Caller caller, CollectionId collection, Runnable condition) {
        access.require(caller, Permission.MANAGE, collection, LibraryCollections::notFound);
        Optional<OutboxEntries> entries = transactions.execute(status -> {
            if (!lock.lock(collection)) {
                return Optional.empty();
            }
            condition.run();
            List<DocumentId> documents = findDocuments(collection);
            lock.lockDocuments(documents);
            events.publishEvent(new CollectionDeletedEvent(collection));
            auditLog.record(AuditEntry.of(AuditAction.COLLECTION_DELETED, caller, "collection", collection.value())
                    .with("name", findName(collection))
                    .with("documents", documents.size()));
            return Optional.of(deleteRows(collection));
        });
        entries.ifPresent(outboxes::execute);
        return entries.isPresent();
    }

    private String findName(CollectionId collection) {
        return jdbc.sql("SELECT name FROM collection WHERE id = ?")
                .param(collection.value())
                .query(String.class)
                .single();
    }

    private List<DocumentId> findDocuments(CollectionId collection) {
        return jdbc.sql("SELECT id FROM document WHERE collection = ?")
                .param(collection.value())
                .query((row, number) -> new DocumentId(row.getString(1)))
                .list();
    }

    /** Deletes the rows of documents without locations in a transaction that has locked their collection, and raises its generation once. */
    OutboxEntries deleteRows(List<DocumentId> documents) {
        OutboxEntries entries = new OutboxEntries();
        Set<String> changed = new HashSet<>();
        for (DocumentId document : documents) {
            deleteRows(document, entries, changed);
        }
        for (String collection : changed) {
            jdbc.sql("UPDATE collection SET generation = generation + 1 WHERE id = ?")
                    .param(collection)
                    .update();
        }
        return entries;
    }

    private void deleteRows(DocumentId document, OutboxEntries entries, Set<String> changed) {
        DocumentRow row = jdbc.sql("SELECT collection, hash, present_hash, version FROM document WHERE id = ?")
                .param(document.value())
                .query((set, number) -> new DocumentRow(
                        set.getString("collection"),
                        set.getString("hash"),
                        set.getString("present_hash"),
                        set.getInt("version")))
                .optional()
                .orElse(null);
        if (row == null) {
            return;
        }
        for (String table : CONTENT) {
            jdbc.sql("DELETE FROM " + table + " WHERE document = ?")
                    .param(document.value())
                    .update();
        }
        jdbc.sql("DELETE FROM document WHERE id = ?").param(document.value()).update();
        releaseOriginal(row.hash(), entries);
        releaseOriginal(row.presentHash(), entries);
        if (row.version() > 0) {
            indexOutbox.addForAllIndexes(new PassageSelection.OfDocument(document), entries);
            changed.add(row.collection());
        }
    }

    /** Records in the current transaction that an original lost a reference. */
    void releaseOriginal(@Nullable String hash, OutboxEntries entries) {
        if (hash != null) {
            entries.originals().add(hash);
            originalOutbox.add(hash);
        }
    }

    private OutboxEntries deleteRows(CollectionId collection) {
        OutboxEntries entries = new OutboxEntries();
        jdbc.sql("SELECT hash, present_hash FROM document WHERE collection = ?")
                .param(collection.value())
                .query(row -> {
                    releaseOriginal(row.getString(1), entries);
                    releaseOriginal(row.getString(2), entries);
                });
        indexOutbox.addForAllIndexes(new PassageSelection.OfCollection(collection), entries);
        for (String table : CONTENT) {
            jdbc.sql("DELETE FROM " + table + " WHERE document IN (SELECT id FROM document WHERE collection = ?)")
                    .param(collection.value())
                    .update();
        }
        jdbc.sql("DELETE FROM source_tag WHERE collection = ?")
                .param(collection.value())
                .update();
        jdbc.sql("DELETE FROM location WHERE collection = ?")
                .param(collection.value())
                .update();
        jdbc.sql("DELETE FROM document WHERE collection = ?")
                .param(collection.value())
                .update();
        jdbc.sql("DELETE FROM collection WHERE id = ?")
                .param(collection.value())
                .update();
        return entries;
    }

    private record Place(CollectionId collection, String uri) {}

    private record DocumentRow(
            String collection, String hash, @Nullable String presentHash, int version) {}
}
