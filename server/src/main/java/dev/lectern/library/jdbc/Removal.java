package dev.lectern.library.jdbc;

import dev.lectern.index.PassageSelection;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deleting: first one transaction, from which on nothing is visible, then index and originals. */
@Component
class Removal {
    private final JdbcClient jdbc;
    private final Outbox outbox;

    Removal(JdbcClient jdbc, Outbox outbox) {
        this.jdbc = jdbc;
        this.outbox = outbox;
    }

    /** In a transaction that has their collection's lock. The documents have no locations any more; the generations rise once. */
    Outbox.Entries documents(List<DocumentId> documents) {
        Outbox.Entries entries = new Outbox.Entries();
        Set<String> changed = new HashSet<>();
        for (DocumentId document : documents) {
            remove(document, entries, changed);
        }
        for (String collection : changed) {
            jdbc.sql("UPDATE collection SET generation = generation + 1 WHERE id = ?")
                    .param(collection)
                    .update();
        }
        return entries;
    }

    private void remove(DocumentId document, Outbox.Entries entries, Set<String> changed) {
        Row row = jdbc.sql("SELECT collection, hash, present_hash, version FROM document WHERE id = ?")
                .param(document.value())
                .query((set, number) -> new Row(
                        set.getString("collection"),
                        set.getString("hash"),
                        set.getString("present_hash"),
                        set.getInt("version")))
                .optional()
                .orElse(null);
        if (row == null) {
            return;
        }
        for (String table : List.of("passage", "document_text")) {
            jdbc.sql("DELETE FROM " + table + " WHERE document = ?")
                    .param(document.value())
                    .update();
        }
        jdbc.sql("DELETE FROM document WHERE id = ?").param(document.value()).update();
        forget(row.hash(), entries);
        forget(row.presentHash(), entries);
        if (row.version() > 0) {
            outbox.addToAll(new PassageSelection.OfDocument(document), entries);
            changed.add(row.collection());
        }
    }

    /** In a transaction: notes that an original lost a reference. */
    void forget(@Nullable String hash, Outbox.Entries entries) {
        if (hash != null) {
            entries.originals().add(hash);
            outbox.addOriginal(hash);
        }
    }

    /** In a transaction: everything of a collection, and itself. */
    Outbox.Entries collection(CollectionId collection) {
        Outbox.Entries entries = new Outbox.Entries();
        jdbc.sql("SELECT hash, present_hash FROM document WHERE collection = ?")
                .param(collection.value())
                .query(row -> {
                    forget(row.getString(1), entries);
                    forget(row.getString(2), entries);
                });
        outbox.addToAll(new PassageSelection.OfCollection(collection), entries);
        for (String table : List.of("passage", "document_text")) {
            jdbc.sql("DELETE FROM " + table + " WHERE document IN (SELECT id FROM document WHERE collection = ?)")
                    .param(collection.value())
                    .update();
        }
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

    /** In a transaction: an original has a reference again. */
    void keep(String hash) {
        outbox.keepOriginal(hash);
    }

    /** After the transaction. */
    void finish(Outbox.Entries entries) {
        outbox.finish(entries);
    }

    private record Row(
            String collection, String hash, @Nullable String presentHash, int version) {}
}
