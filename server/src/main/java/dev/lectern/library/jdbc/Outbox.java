package dev.lectern.library.jdbc;

import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageSelection;
import dev.lectern.library.LibraryIndexes;
import dev.lectern.library.OriginalStore;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.IdGenerator;
import dev.lectern.storage.Dialect;
import dev.lectern.storage.NodeRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What must disappear from the index and from the originals. An entry is written in the transaction that makes it so (or, for a version that is about
 * to be added to the index, before it is), carried out after it, and then crossed out. It belongs to the node that wrote it; what a dead one left is
 * carried out by another, which makes it its own before: so the former can no longer cross it out and show what is being deleted.
 */
@Component
class Outbox {
    private final JdbcClient jdbc;
    private final LibraryIndexes indexes;
    private final OriginalStore originals;
    private final IdGenerator ids;
    private final NodeRegistry nodeRegistry;
    private final Dialect dialect;
    private final TransactionTemplate transactions;
    /** Entries of this node that their writer will cross out or carry out itself. */
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    Outbox(
            JdbcClient jdbc,
            LibraryIndexes indexes,
            OriginalStore originals,
            IdGenerator ids,
            NodeRegistry nodeRegistry,
            Dialect dialect,
            TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.indexes = indexes;
        this.originals = originals;
        this.ids = ids;
        this.nodeRegistry = nodeRegistry;
        this.dialect = dialect;
        this.transactions = transactions;
    }

    /** What a transaction wrote. */
    record Entries(List<String> index, Set<String> originals) {
        Entries() {
            this(new ArrayList<>(), new HashSet<>());
        }
    }

    String add(String embedder, PassageSelection passageSelection) {
        String id = ids.next();
        held.add(id);
        Row row = Row.of(passageSelection);
        jdbc.sql("INSERT INTO index_outbox (id, embedder, kind, target, version, owner) VALUES (?, ?, ?, ?, ?, ?)")
                .params(id, embedder, row.kind(), row.target(), row.version(), nodeRegistry.self())
                .update();
        return id;
    }

    /** In a transaction: what must disappear from every index that there is. */
    void addToAll(PassageSelection passageSelection, Entries entries) {
        Sql.embedders(jdbc).forEach(embedder -> entries.index().add(add(embedder, passageSelection)));
    }

    /** In a transaction. False when another node has taken this one for dead and carries the entry out. */
    boolean crossOut(String id) {
        return jdbc.sql("DELETE FROM index_outbox WHERE id = ? AND owner = ?")
                        .params(id, nodeRegistry.self())
                        .update()
                == 1;
    }

    /** In a transaction. An entry that is there already is locked, so that nobody looks for references before this one is gone. */
    void addOriginal(String hash) {
        jdbc.sql("INSERT INTO original_outbox (hash) VALUES (?) ON CONFLICT (hash) DO UPDATE SET hash = excluded.hash")
                .param(hash)
                .update();
    }

    /** Nobody holds the entries any more; those that are still written are carried out by the next {@link #finishAll}. */
    void letGo(List<String> entries) {
        entries.forEach(held::remove);
    }

    /** Carries out what a transaction wrote, after it. */
    void finish(Entries entries) {
        try {
            carryOut(entries.index());
        } finally {
            letGo(entries.index());
        }
        deleteOriginals(entries.originals());
    }

    /** Carries out what nobody holds. An entry that was held a moment ago may have been crossed out since, so those are read once more. */
    void finishAll() {
        jdbc.sql("UPDATE index_outbox SET owner = ? WHERE " + nodeRegistry.orphanCondition("index_outbox.owner"))
                .param(nodeRegistry.self())
                .update();
        List<String> free = jdbc
                .sql("SELECT id FROM index_outbox WHERE owner = ?")
                .param(nodeRegistry.self())
                .query((row, number) -> row.getString(1))
                .list()
                .stream()
                .filter(id -> !held.contains(id))
                .toList();
        carryOut(free);
        deleteOriginals(new HashSet<>(
                jdbc.sql("SELECT hash FROM original_outbox").query(String.class).list()));
    }

    private void carryOut(List<String> entries) {
        for (List<String> some : Sql.chunks(entries, Sql.CHUNK)) {
            deleteFromIndex(
                    jdbc.sql("SELECT * FROM index_outbox WHERE owner = ? AND id IN (" + Sql.marks(some.size()) + ")")
                            .param(nodeRegistry.self())
                            .params(some)
                            .query(Row::read)
                            .list());
        }
    }

    private void deleteFromIndex(List<Row> rows) {
        Map<String, List<Row>> byEmbedder = new LinkedHashMap<>();
        rows.forEach(row -> byEmbedder
                .computeIfAbsent(row.embedder(), key -> new ArrayList<>())
                .add(row));
        byEmbedder.forEach((embedder, some) -> {
            EmbedderFingerprint fingerprint = Sql.embedder(jdbc, embedder);
            if (fingerprint != null) {
                PassageIndex index = indexes.open(fingerprint);
                index.delete(some.stream().map(Row::selection).toList());
            }
        });
        for (List<Row> some : Sql.chunks(rows, Sql.CHUNK)) {
            jdbc.sql("DELETE FROM index_outbox WHERE id IN (" + Sql.marks(some.size()) + ")")
                    .params(some.stream().map(Row::id).toList())
                    .update();
        }
    }

    private void deleteOriginals(Set<String> hashes) {
        hashes.forEach(hash -> transactions.executeWithoutResult(status -> deleteOriginal(hash)));
    }

    /**
     * Who registers the same bytes meanwhile waits for it, as {@link #keepOriginal} wants the entry, too. Bytes that were registered while this waited are
     * wanted whether or not they are still held.
     */
    private void deleteOriginal(String hash) {
        jdbc.sql("SELECT hash FROM original_outbox WHERE hash = ?" + dialect.forUpdate())
                .param(hash)
                .query(String.class)
                .optional()
                .filter(unwanted -> referenced(hash) || originals.delete(hash, () -> !referenced(hash)))
                .ifPresent(this::keepOriginal);
    }

    /** Deletes an original that nothing refers to; another one stays. */
    void deleteUnreferenced(String hash) {
        if (!referenced(hash)) {
            transactions.executeWithoutResult(status -> {
                addOriginal(hash);
                deleteOriginal(hash);
            });
        }
    }

    /** In a transaction: the original has a reference again, or is gone. */
    void keepOriginal(String hash) {
        jdbc.sql("DELETE FROM original_outbox WHERE hash = ?").param(hash).update();
    }

    boolean referenced(String hash) {
        return jdbc.sql("SELECT COUNT(*) FROM document WHERE hash = ? OR present_hash = ?")
                        .params(hash, hash)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whether the original is to go when nothing refers to it. */
    boolean isNoted(String hash) {
        return jdbc.sql("SELECT COUNT(*) FROM original_outbox WHERE hash = ?")
                        .param(hash)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private record Row(String id, String embedder, String kind, String target, int version) {
        static Row read(ResultSet row, int number) throws SQLException {
            return new Row(
                    row.getString("id"),
                    row.getString("embedder"),
                    row.getString("kind"),
                    row.getString("target"),
                    row.getInt("version"));
        }

        static Row of(PassageSelection passageSelection) {
            return switch (passageSelection) {
                case PassageSelection.OfCollection(CollectionId id) -> new Row("", "", "collection", id.value(), 0);
                case PassageSelection.OfDocument(DocumentId id) -> new Row("", "", "document", id.value(), 0);
                case PassageSelection.OfVersionsBefore(DocumentId id, int version) ->
                    new Row("", "", "versions_before", id.value(), version);
                case PassageSelection.OfVersion(DocumentId id, int version) ->
                    new Row("", "", "version", id.value(), version);
            };
        }

        PassageSelection selection() {
            return switch (kind) {
                case "collection" -> new PassageSelection.OfCollection(new CollectionId(target));
                case "document" -> new PassageSelection.OfDocument(new DocumentId(target));
                case "versions_before" -> new PassageSelection.OfVersionsBefore(new DocumentId(target), version);
                case "version" -> new PassageSelection.OfVersion(new DocumentId(target), version);
                default -> throw new IllegalStateException("No such kind of outbox entry: " + kind);
            };
        }
    }
}
