package dev.lectern.library.update;

import dev.lectern.audit.AuditAction;
import dev.lectern.audit.AuditEntry;
import dev.lectern.audit.AuditLog;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.PipelineVersion;
import dev.lectern.library.jdbc.CollectionLock;
import dev.lectern.library.update.RegistrationResult.Outcome;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.SourceId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides which document the bytes at a location belong to. Equal bytes in a collection are one document with several locations, which is deleted with its
 * last location. Thread-safe; every method can be repeated after a crash.
 */
@Component
public class DocumentRegistrar {
    private final JdbcClient jdbc;
    private final CollectionLock lock;
    private final LocationRepository locations;
    private final TransactionTemplate transactions;
    private final DocumentRemover remover;
    private final DocumentAddressUpdater addresses;
    private final OriginalOutbox originalOutbox;
    private final OutboxProcessor outboxes;
    private final OriginalStore originals;
    private final IdGenerator ids;
    private final InstantSource clock;
    private final StaleVersionMarker staleVersions;
    private final SourceTagMarker sourceTags;
    private final AuditLog auditLog;

    DocumentRegistrar(
            JdbcClient jdbc,
            CollectionLock lock,
            LocationRepository locations,
            TransactionTemplate transactions,
            DocumentRemover remover,
            DocumentAddressUpdater addresses,
            OriginalOutbox originalOutbox,
            OutboxProcessor outboxes,
            OriginalStore originals,
            IdGenerator ids,
            InstantSource clock,
            StaleVersionMarker staleVersions,
            SourceTagMarker sourceTags,
            AuditLog auditLog) {
        this.jdbc = jdbc;
        this.lock = lock;
        this.locations = locations;
        this.transactions = transactions;
        this.remover = remover;
        this.addresses = addresses;
        this.originalOutbox = originalOutbox;
        this.outboxes = outboxes;
        this.originals = originals;
        this.ids = ids;
        this.clock = clock;
        this.staleVersions = staleVersions;
        this.sourceTags = sourceTags;
        this.auditLog = auditLog;
    }

    /**
     * Registers documents in one transaction and releases their bytes in the original store.
     *
     * @param incoming 0 to 1,000
     * @param inTransaction called with the results in the order of {@code incoming}; its writes commit or roll back with the registration
     * @throws dev.lectern.shared.LecternException NOT_FOUND when the collection does not exist
     */
    public List<RegistrationResult> register(
            WritableCollection collection,
            List<IncomingDocument> incoming,
            PipelineVersion version,
            Consumer<List<RegistrationResult>> inTransaction) {
        OutboxEntries entries = new OutboxEntries();
        List<RegistrationResult> results;
        try {
            results = transactions.execute(status -> {
                List<RegistrationResult> all = registerAll(collection.id(), incoming, version, entries);
                inTransaction.accept(all);
                addresses.publishRenamed(collection, entries);
                return all;
            });
        } catch (RuntimeException | Error failure) {
            incoming.forEach(one -> originals.release(one.hash()));
            deleteUnregistered(incoming, failure);
            throw failure;
        }
        incoming.forEach(one -> originals.release(one.hash()));
        outboxes.execute(entries);
        return results;
    }

    /** The rollback took back the entries of the outbox, so nothing else would ever delete these bytes. */
    private void deleteUnregistered(List<IncomingDocument> incoming, Throwable failure) {
        for (IncomingDocument one : incoming) {
            try {
                originalOutbox.deleteUnreferenced(one.hash());
            } catch (RuntimeException unavailable) {
                // The failure of the registration tells more; the consistency check finds what is left.
                failure.addSuppressed(unavailable);
            }
        }
    }

    private List<RegistrationResult> registerAll(
            CollectionId collection, List<IncomingDocument> incoming, PipelineVersion version, OutboxEntries entries) {
        lockCollection(collection);
        lock.lockDocuments(locations.findAffected(collection, incoming));
        List<RegistrationResult> results = new ArrayList<>(incoming.size());
        Set<DocumentId> left = new LinkedHashSet<>();
        for (IncomingDocument one : incoming) {
            RegistrationResult result = register(collection, one, version, entries, left);
            if (result.document() == null || result.outcome() == Outcome.REFUSED) {
                // Perhaps nothing refers to the stored bytes.
                remover.releaseOriginal(one.hash(), entries);
            } else {
                originalOutbox.remove(one.hash());
            }
            results.add(result);
        }
        // Files that exchange their bytes leave a document without a location in between.
        left.forEach(document -> addresses.updateOrDelete(document, entries));
        sourceTags.mark(
                collection, incoming.stream().map(IncomingDocument::source).toList());
        return results;
    }

    private void lockCollection(CollectionId collection) {
        if (!lock.lock(collection)) {
            throw LibraryCollections.notFound();
        }
    }

    /** @param left gets the documents that lose a location */
    private RegistrationResult register(
            CollectionId collection,
            IncomingDocument incoming,
            PipelineVersion version,
            OutboxEntries entries,
            Set<DocumentId> left) {
        Optional<LocationRepository.Occupant> occupant = locations.findOccupant(incoming);
        Optional<DocumentId> present = occupant.map(LocationRepository.Occupant::document);
        if (occupant.isPresent() && occupant.get().hash().equals(incoming.hash())) {
            if (present.isPresent()) {
                locations.assign(incoming, present.get());
                return existing(present.get(), incoming.path(), version);
            }
            if (!incoming.explicit()) {
                return new RegistrationResult(null, incoming.path(), Outcome.IGNORED, false);
            }
        }
        Optional<DocumentId> same = locations.findByHash(collection, incoming.hash());
        if (present.isPresent()) {
            switch (incoming.conflict()) {
                case REFUSE -> {
                    return new RegistrationResult(present.get(), incoming.path(), Outcome.REFUSED, false);
                }
                case KEEP_BOTH -> {
                    return same.map(document -> existing(document, incoming.path(), version))
                            .orElseGet(() -> addBeside(collection, incoming));
                }
                case REPLACE -> {}
            }
        }
        Set<LocationKey> others =
                present.map(document -> findOthers(document, incoming)).orElse(Set.of());
        Set<LocationKey> sameFile = new LinkedHashSet<>(others);
        sameFile.retainAll(incoming.sameFile());
        if (same.isPresent()) {
            moveLocation(collection, incoming, occupant, same.get(), left);
            sameFile.forEach(other -> locations.assignTo(other, incoming, same.get()));
            return existing(same.get(), incoming.path(), version);
        }
        if (present.isPresent() && sameFile.size() == others.size()) {
            replaceBytes(present.get(), incoming, entries);
            locations.assign(incoming, present.get());
            sameFile.forEach(other -> locations.assignTo(other, incoming, present.get()));
            return new RegistrationResult(present.get(), incoming.path(), Outcome.REPLACED, true);
        }
        DocumentId created = create(collection, incoming);
        moveLocation(collection, incoming, occupant, created, left);
        sameFile.forEach(other -> locations.assignTo(other, incoming, created));
        return new RegistrationResult(
                created, incoming.path(), present.isPresent() ? Outcome.REPLACED : Outcome.ADDED, true);
    }

    private Set<LocationKey> findOthers(DocumentId document, IncomingDocument incoming) {
        LocationKey own = new LocationKey(incoming.source(), incoming.path());
        Set<LocationKey> others = new LinkedHashSet<>();
        locations.findPlaces(document).forEach(place -> others.add(place.key()));
        others.remove(own);
        return others;
    }

    /** Creates a document under a free name beside the one of the same name. */
    private RegistrationResult addBeside(CollectionId collection, IncomingDocument incoming) {
        String path = FreePathFinder.find(
                incoming.path(), taken -> findDocument(incoming.at(taken)).isPresent());
        IncomingDocument renamed = incoming.at(path);
        DocumentId created = create(collection, renamed);
        if (locations.findOccupant(renamed).isPresent()) {
            locations.assign(renamed, created);
        } else {
            locations.insert(collection, renamed, created);
        }
        return new RegistrationResult(created, path, Outcome.RENAMED, true);
    }

    private Optional<DocumentId> findDocument(IncomingDocument incoming) {
        return locations.findOccupant(incoming).map(LocationRepository.Occupant::document);
    }

    private RegistrationResult existing(DocumentId document, String path, PipelineVersion version) {
        boolean upToDate = jdbc.sql("SELECT COUNT(*) FROM document WHERE id = ? AND " + UpToDateCondition.SQL)
                        .param(document.value())
                        .params(UpToDateCondition.parameters(version))
                        .query(Long.class)
                        .single()
                > 0;
        return new RegistrationResult(document, path, Outcome.EXISTING, !upToDate);
    }

    /** Makes the location one of {@code document}. */
    private void moveLocation(
            CollectionId collection,
            IncomingDocument incoming,
            Optional<LocationRepository.Occupant> occupant,
            DocumentId document,
            Set<DocumentId> left) {
        if (occupant.isEmpty()) {
            locations.insert(collection, incoming, document);
            return;
        }
        locations.assign(incoming, document);
        occupant.map(LocationRepository.Occupant::document)
                .filter(former -> !former.equals(document))
                .ifPresent(left::add);
    }

    private DocumentId create(CollectionId collection, IncomingDocument incoming) {
        DocumentId id = new DocumentId(ids.next());
        long now = clock.millis();
        jdbc.sql("INSERT INTO document (id, collection, title, uri, status, version, passages, plain, hash, bytes,"
                        + " created_at, updated_at) VALUES (?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?)")
                .params(
                        id.value(),
                        collection.value(),
                        incoming.title(),
                        incoming.uri(),
                        DocumentStatus.QUEUED.text(),
                        incoming.plain() ? 1 : 0,
                        incoming.hash(),
                        incoming.bytes(),
                        now,
                        now)
                .update();
        return id;
    }

    private void replaceBytes(DocumentId document, IncomingDocument incoming, OutboxEntries entries) {
        jdbc.sql("SELECT hash FROM document WHERE id = ?")
                .param(document.value())
                .query(String.class)
                .optional()
                .ifPresent(former -> remover.releaseOriginal(former, entries));
        jdbc.sql("UPDATE document SET hash = ?, bytes = ?, plain = ?, status = ?, reason_code = NULL, reason = NULL,"
                        + " updated_at = ? WHERE id = ?")
                .params(
                        incoming.hash(),
                        incoming.bytes(),
                        incoming.plain() ? 1 : 0,
                        DocumentStatus.QUEUED.text(),
                        clock.millis(),
                        document.value())
                .update();
    }

    /**
     * Records a file that exists and cannot be read: its document becomes failed, an earlier version stays.
     *
     * @param incoming its hash stands for no bytes
     * @param reason a sentence that says what to do
     */
    public void recordUnreadable(WritableCollection writable, IncomingDocument incoming, String reason) {
        CollectionId collection = writable.id();
        transactions.executeWithoutResult(status -> {
            lockCollection(collection);
            Optional<LocationRepository.Occupant> occupant = locations.findOccupant(incoming);
            Optional<DocumentId> document = occupant.map(LocationRepository.Occupant::document);
            if (occupant.isEmpty()) {
                document = Optional.of(create(collection, incoming));
                locations.insert(collection, incoming, document.get());
            }
            document.ifPresent(present -> setUnreadable(present, reason));
        });
    }

    private void setUnreadable(DocumentId document, String reason) {
        jdbc.sql("UPDATE document SET status = 'failed', reason_code = 'unreadable', reason = ?,"
                        + " attempted_hash = NULL WHERE id = ?")
                .params(reason, document.value())
                .update();
        staleVersions.mark(List.of(document));
    }

    /**
     * Removes locations of a source of the collection. Documents without another location are deleted everywhere.
     *
     * @throws IllegalArgumentException when the source has locations in another collection
     */
    public void removeLocations(WritableCollection collection, SourceId source, Collection<String> paths) {
        OutboxEntries entries = new OutboxEntries();
        transactions.executeWithoutResult(status -> {
            List<CollectionId> found = locations.findCollections(source);
            if (!Set.of(collection.id()).containsAll(found)) {
                throw new IllegalArgumentException("The source " + source + " is not one of " + collection);
            }
            lock.lock(found);
            lock.lockDocuments(locations.findDocuments(source, paths));
            Set<DocumentId> left = new LinkedHashSet<>();
            paths.forEach(path -> locations.delete(source, path).ifPresent(left::add));
            long deleted = left.stream()
                    .filter(document -> addresses.updateOrDelete(document, entries))
                    .count();
            sourceTags.mark(collection.id(), List.of(source));
            addresses.publishRenamed(collection, entries);
            if (deleted > 0) {
                auditLog.record(
                        AuditEntry.of(AuditAction.DOCUMENT_DELETED, collection.caller(), "source", source.value())
                                .with("collection", collection.id())
                                .with("documents", deleted));
            }
        });
        outboxes.execute(entries);
    }
}
