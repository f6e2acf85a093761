package dev.lectern.library.jdbc;

import dev.lectern.library.Arrival;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.Recipe;
import dev.lectern.library.Registered;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.SourceId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Which document an arrival is: the rules of identity. */
@Component
class Registration {
    private final JdbcClient jdbc;
    private final CollectionLock lock;
    private final Locations locations;
    private final TransactionTemplate transactions;
    private final Removal removal;
    private final OriginalStore originals;
    private final IdGenerator ids;
    private final InstantSource clock;

    Registration(
            JdbcClient jdbc,
            CollectionLock lock,
            Locations locations,
            TransactionTemplate transactions,
            Removal removal,
            OriginalStore originals,
            IdGenerator ids,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.lock = lock;
        this.locations = locations;
        this.transactions = transactions;
        this.removal = removal;
        this.originals = originals;
        this.ids = ids;
        this.clock = clock;
    }

    List<Registered> register(
            CollectionId collection, List<Arrival> arrivals, Recipe recipe, Consumer<List<Registered>> inTransaction) {
        try {
            Outbox.Entries entries = new Outbox.Entries();
            List<Registered> registered = transactions.execute(status -> {
                requireCollection(collection);
                lock.takeDocuments(locations.concerned(collection, arrivals));
                List<Registered> all = new ArrayList<>(arrivals.size());
                for (Arrival arrival : arrivals) {
                    Registered one = register(collection, arrival, recipe, entries);
                    note(arrival, one, entries);
                    all.add(one);
                }
                inTransaction.accept(all);
                return all;
            });
            arrivals.forEach(arrival -> originals.release(arrival.hash()));
            removal.finish(entries);
            return registered;
        } catch (RuntimeException e) {
            arrivals.forEach(arrival -> originals.release(arrival.hash()));
            throw e;
        }
    }

    /** Bytes that were stored for nothing go again. */
    private void note(Arrival arrival, Registered registered, Outbox.Entries entries) {
        if (registered.document() == null) {
            entries.originals().add(arrival.hash());
        } else {
            removal.keep(arrival.hash());
        }
    }

    private void requireCollection(CollectionId collection) {
        if (!lock.take(collection)) {
            throw JdbcCollections.notFound();
        }
    }

    private Registered register(CollectionId collection, Arrival arrival, Recipe recipe, Outbox.Entries entries) {
        Locations.Place place = locations.place(arrival);
        if (place != null && place.hash().equals(arrival.hash())) {
            if (place.document() != null) {
                moveHere(arrival, place.document());
                return registered(place.document(), recipe, true);
            }
            if (!arrival.named()) {
                return new Registered(null, false, false);
            }
        }
        Optional<DocumentId> same = locations.withBytes(collection, arrival.hash());
        if (same.isPresent()) {
            settle(collection, arrival, place, same.get(), entries);
            return registered(same.get(), recipe, true);
        }
        if (place != null && place.document() != null && place.alone()) {
            edit(place.document(), arrival, entries);
            moveHere(arrival, place.document());
            return new Registered(place.document(), true, false);
        }
        DocumentId created = create(collection, arrival);
        settle(collection, arrival, place, created, entries);
        return new Registered(created, true, false);
    }

    /** The location shows {@code document} from now on; the one that it showed before goes when this was its last. */
    private void settle(
            CollectionId collection,
            Arrival arrival,
            Locations.@Nullable Place place,
            DocumentId document,
            Outbox.Entries entries) {
        if (place == null) {
            jdbc.sql("INSERT INTO location (source, path, collection, document, uri, hash, bytes, modified_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            arrival.source().value(),
                            arrival.path(),
                            collection.value(),
                            document.value(),
                            arrival.uri(),
                            arrival.hash(),
                            arrival.bytes(),
                            arrival.modifiedAt())
                    .update();
            return;
        }
        moveHere(arrival, document);
        if (place.document() != null && !place.document().equals(document)) {
            left(place.document(), entries);
        }
    }

    private void moveHere(Arrival arrival, DocumentId document) {
        jdbc.sql("UPDATE location SET document = ?, uri = ?, hash = ?, bytes = ?, modified_at = ?"
                        + " WHERE source = ? AND path = ?")
                .params(
                        document.value(),
                        arrival.uri(),
                        arrival.hash(),
                        arrival.bytes(),
                        arrival.modifiedAt(),
                        arrival.source().value(),
                        arrival.path())
                .update();
    }

    /** In a transaction: a document lost a location. */
    private void left(DocumentId document, Outbox.Entries entries) {
        Optional<String> other = jdbc.sql("SELECT uri FROM location WHERE document = ? ORDER BY source, path LIMIT 1")
                .param(document.value())
                .query(String.class)
                .optional();
        if (other.isEmpty()) {
            Outbox.Entries removed = removal.documents(List.of(document));
            entries.index().addAll(removed.index());
            entries.originals().addAll(removed.originals());
            return;
        }
        int moved = jdbc.sql("UPDATE document SET uri = ? WHERE id = ?"
                        + " AND uri NOT IN (SELECT uri FROM location WHERE document = ?)")
                .params(other.get(), document.value(), document.value())
                .update();
        if (moved > 0) {
            // Citations show the address.
            jdbc.sql("UPDATE collection SET generation = generation + 1"
                            + " WHERE id = (SELECT collection FROM document WHERE id = ?)")
                    .param(document.value())
                    .update();
        }
    }

    private DocumentId create(CollectionId collection, Arrival arrival) {
        DocumentId id = new DocumentId(ids.next());
        long now = clock.millis();
        jdbc.sql("INSERT INTO document (id, collection, title, uri, status, version, passages, plain, hash, bytes,"
                        + " created_at, updated_at) VALUES (?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?)")
                .params(
                        id.value(),
                        collection.value(),
                        arrival.title(),
                        arrival.uri(),
                        DocumentStatus.QUEUED.text(),
                        arrival.plain() ? 1 : 0,
                        arrival.hash(),
                        arrival.bytes(),
                        now,
                        now)
                .update();
        return id;
    }

    private void edit(DocumentId document, Arrival arrival, Outbox.Entries entries) {
        jdbc.sql("SELECT hash FROM document WHERE id = ?")
                .param(document.value())
                .query(String.class)
                .optional()
                .ifPresent(old -> removal.forget(old, entries));
        jdbc.sql("UPDATE document SET hash = ?, bytes = ?, plain = ?, status = ?, reason_code = NULL, reason = NULL,"
                        + " updated_at = ? WHERE id = ?")
                .params(
                        arrival.hash(),
                        arrival.bytes(),
                        arrival.plain() ? 1 : 0,
                        DocumentStatus.QUEUED.text(),
                        clock.millis(),
                        document.value())
                .update();
    }

    private Registered registered(DocumentId document, Recipe recipe, boolean existing) {
        boolean settled = jdbc.sql("SELECT COUNT(*) FROM document WHERE id = ? AND " + Ledger.SETTLED)
                        .param(document.value())
                        .params(Ledger.parameters(recipe))
                        .query(Long.class)
                        .single()
                > 0;
        return new Registered(document, !settled, existing);
    }

    /** The hash of the arrival stands for no bytes: nothing was read. */
    void unreadable(CollectionId collection, Arrival arrival, String reason) {
        transactions.executeWithoutResult(status -> {
            requireCollection(collection);
            Locations.Place place = locations.place(arrival);
            DocumentId document;
            if (place == null) {
                document = create(collection, arrival);
                settle(collection, arrival, null, document, new Outbox.Entries());
            } else if (place.document() != null) {
                document = place.document();
            } else {
                return;
            }
            jdbc.sql("UPDATE document SET status = 'failed', reason_code = 'unreadable', reason = ?,"
                            + " attempted_hash = NULL WHERE id = ?")
                    .params(reason, document.value())
                    .update();
        });
    }

    void vanished(SourceId source, Collection<String> paths) {
        Outbox.Entries entries = new Outbox.Entries();
        transactions.executeWithoutResult(status -> {
            lock.take(locations.collectionsOf(source));
            lock.takeDocuments(locations.at(source, paths));
            for (String path : paths) {
                Optional<String> document = jdbc.sql("SELECT document FROM location WHERE source = ? AND path = ?"
                                + " AND document IS NOT NULL")
                        .params(source.value(), path)
                        .query(String.class)
                        .optional();
                jdbc.sql("DELETE FROM location WHERE source = ? AND path = ?")
                        .params(source.value(), path)
                        .update();
                document.ifPresent(id -> left(new DocumentId(id), entries));
            }
        });
        removal.finish(entries);
    }
}
