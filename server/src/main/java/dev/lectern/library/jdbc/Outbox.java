package dev.lectern.library.jdbc;

import dev.lectern.index.PassageIndex;
import dev.lectern.index.Selection;
import dev.lectern.library.LibraryIndexes;
import dev.lectern.library.OriginalStore;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.IdGenerator;
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

/**
 * What must disappear from the index and from the originals. An entry is written in the transaction that makes it so (or, for a version that is about
 * to be added to the index, before it is), carried out after it, and then crossed out; what a killed process left is carried out at the next start.
 */
@Component
class Outbox {
    private final JdbcClient jdbc;
    private final LibraryIndexes indexes;
    private final OriginalStore originals;
    private final IdGenerator ids;
    /** Entries that their writer will cross out or carry out itself. */
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    Outbox(JdbcClient jdbc, LibraryIndexes indexes, OriginalStore originals, IdGenerator ids) {
        this.jdbc = jdbc;
        this.indexes = indexes;
        this.originals = originals;
        this.ids = ids;
    }

    /** What a transaction wrote. */
    record Entries(List<String> index, Set<String> originals) {
        Entries() {
            this(new ArrayList<>(), new HashSet<>());
        }
    }

    String add(String embedder, Selection selection) {
        String id = ids.next();
        held.add(id);
        Row row = Row.of(selection);
        jdbc.sql("INSERT INTO index_outbox (id, embedder, kind, target, version) VALUES (?, ?, ?, ?, ?)")
                .params(id, embedder, row.kind(), row.target(), row.version())
                .update();
        return id;
    }

    void crossOut(String id) {
        jdbc.sql("DELETE FROM index_outbox WHERE id = ?").param(id).update();
    }

    void addOriginal(String hash) {
        jdbc.sql("INSERT INTO original_outbox (hash) VALUES (?) ON CONFLICT DO NOTHING")
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

    /** An entry that was held a moment ago may have been crossed out since, so those that nobody holds are read once more. */
    void finishAll() {
        List<String> free = jdbc.sql("SELECT * FROM index_outbox").query(Row::read).list().stream()
                .map(Row::id)
                .filter(id -> !held.contains(id))
                .toList();
        carryOut(free);
        deleteOriginals(new HashSet<>(
                jdbc.sql("SELECT hash FROM original_outbox").query(String.class).list()));
    }

    private void carryOut(List<String> entries) {
        for (List<String> some : Sql.chunks(entries, Sql.CHUNK)) {
            deleteFromIndex(jdbc.sql("SELECT * FROM index_outbox WHERE id IN (" + Sql.marks(some.size()) + ")")
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
        for (String hash : hashes) {
            originals.delete(hash, () -> !referenced(hash));
            jdbc.sql("DELETE FROM original_outbox WHERE hash = ?").param(hash).update();
        }
    }

    boolean referenced(String hash) {
        return jdbc.sql("SELECT COUNT(*) FROM document WHERE hash = ? OR present_hash = ?")
                        .params(hash, hash)
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

        static Row of(Selection selection) {
            return switch (selection) {
                case Selection.OfCollection(CollectionId id) -> new Row("", "", "collection", id.value(), 0);
                case Selection.OfDocument(DocumentId id) -> new Row("", "", "document", id.value(), 0);
                case Selection.OfVersionsBefore(DocumentId id, int version) ->
                    new Row("", "", "versions_before", id.value(), version);
                case Selection.OfVersion(DocumentId id, int version) -> new Row("", "", "version", id.value(), version);
            };
        }

        Selection selection() {
            return switch (kind) {
                case "collection" -> new Selection.OfCollection(new CollectionId(target));
                case "document" -> new Selection.OfDocument(new DocumentId(target));
                case "versions_before" -> new Selection.OfVersionsBefore(new DocumentId(target), version);
                case "version" -> new Selection.OfVersion(new DocumentId(target), version);
                default -> throw new IllegalStateException("No such kind of outbox entry: " + kind);
            };
        }
    }
}
