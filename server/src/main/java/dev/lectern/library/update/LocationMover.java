package dev.lectern.library.update;

import dev.lectern.library.jdbc.CollectionLock;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.SourceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives locations of a source their new paths, so that documents keep their ids when their files are renamed. Thread-safe. */
@Component
public class LocationMover {
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final CollectionLock lock;
    private final LocationRepository locations;
    private final DocumentAddressUpdater addresses;
    private final OutboxProcessor outboxes;
    private final SourceTagMarker sourceTags;

    LocationMover(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            CollectionLock lock,
            LocationRepository locations,
            DocumentAddressUpdater addresses,
            OutboxProcessor outboxes,
            SourceTagMarker sourceTags) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.lock = lock;
        this.locations = locations;
        this.addresses = addresses;
        this.outboxes = outboxes;
        this.sourceTags = sourceTags;
    }

    /**
     * Moves locations in one transaction, exchanges of paths included. A location at a new path that is not moved itself was overwritten: it is removed, with
     * its document if that was the last one. Paths without a location are ignored.
     *
     * @param moves each old and each new path at most once
     */
    public void move(WritableCollection collection, SourceId source, List<LocationMove> moves) {
        OutboxEntries entries = new OutboxEntries();
        transactions.executeWithoutResult(status -> {
            if (!lock.lock(collection.id())) {
                return;
            }
            List<String> from = moves.stream().map(LocationMove::from).toList();
            List<String> paths = new ArrayList<>(from);
            moves.forEach(move -> paths.add(move.to()));
            Set<DocumentId> documents = new LinkedHashSet<>(locations.findDocuments(source, paths));
            lock.lockDocuments(documents);
            Set<String> moving = new HashSet<>(from);
            moves.stream()
                    .map(LocationMove::to)
                    .filter(path -> !moving.contains(path))
                    .forEach(path -> locations.delete(source, path).ifPresent(documents::add));
            locations.rename(source, moves);
            documents.forEach(document -> addresses.updateOrDelete(document, entries));
            sourceTags.mark(collection.id(), List.of(source));
            addresses.publishRenamed(collection, entries);
        });
        outboxes.execute(entries);
    }

    /**
     * Marks locations whose files are not found and whose documents stay all the same, since the files may only be away. A location that is marked already
     * keeps its time.
     *
     * @param since epoch milliseconds
     */
    public void markMissing(WritableCollection collection, SourceId source, Set<String> paths, long since) {
        changeMarks(collection, () -> locations.markMissing(source, paths, since));
    }

    /** Removes the marks of locations whose files are there again. */
    public void clearMissing(WritableCollection collection, SourceId source, Set<String> paths) {
        changeMarks(collection, () -> locations.clearMissing(source, paths));
    }

    private void changeMarks(WritableCollection collection, Runnable change) {
        transactions.executeWithoutResult(status -> {
            if (lock.lock(collection.id())) {
                change.run();
                // Readers see the mark of a document, also in cached answers.
                jdbc.sql("UPDATE collection SET generation = generation + 1 WHERE id = ?")
                        .param(collection.id().value())
                        .update();
            }
        });
    }
}
