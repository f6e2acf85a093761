package dev.lectern.library.update;

import dev.lectern.library.FileIdentity;
import dev.lectern.library.PipelineVersion;
import dev.lectern.library.jdbc.SqlParameters;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.SourceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** The locations of documents. A location without a document belonged to one that a person deleted. */
@Repository
public class LocationRepository {
    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionTemplate transactions;

    LocationRepository(JdbcClient jdbc, JdbcTemplate batches, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.transactions = transactions;
    }

    /** What is recorded at a location. */
    record Occupant(@Nullable DocumentId document, String hash) {}

    /**
     * A location of a document.
     *
     * @param identity of the file, as the last scan recorded it; null when it is not known
     */
    public record Place(LocationKey key, @Nullable FileIdentity identity) {}

    /** All locations of a source, by path. */
    public Map<String, RecordedLocation> findAll(SourceId source, PipelineVersion version) {
        Map<String, RecordedLocation> locations = new HashMap<>();
        jdbc.sql("SELECT l.path, l.bytes, l.modified_at, l.changed_at, l.device, l.inode, l.born_at, l.missing_since,"
                        + " l.hash, l.document, CASE WHEN l.document IS NULL OR EXISTS"
                        + " (SELECT 1 FROM document d WHERE d.id = l.document AND " + UpToDateCondition.sql("d")
                        + ") THEN 1 ELSE 0 END AS settled FROM location l WHERE l.source = ?")
                .params(UpToDateCondition.parameters(version))
                .param(source.value())
                .query(row -> {
                    String document = row.getString("document");
                    RecordedLocation location = new RecordedLocation(
                            row.getString("path"),
                            row.getLong("bytes"),
                            row.getLong("modified_at"),
                            row.getLong("changed_at"),
                            readIdentity(row),
                            row.getString("hash"),
                            document == null ? null : new DocumentId(document),
                            row.getInt("settled") == 1,
                            row.getLong("missing_since"));
                    locations.put(location.path(), location);
                });
        return locations;
    }

    private static @Nullable FileIdentity readIdentity(ResultSet row) throws SQLException {
        long inode = row.getLong("inode");
        return row.wasNull() ? null : new FileIdentity(row.getLong("device"), inode, row.getLong("born_at"));
    }

    /** Updates sizes, times and identities of locations whose bytes are unchanged. */
    public void updateAttributes(SourceId source, Collection<RecordedLocation> locations) {
        List<Object[]> rows = new ArrayList<>(locations.size());
        for (RecordedLocation location : locations) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(location.bytes());
            row.add(location.modifiedAt());
            addFile(row, location.changedAt(), location.identity());
            row.add(source.value());
            row.add(location.path());
            rows.add(row.toArray());
        }
        transactions.executeWithoutResult(status -> batches.batchUpdate(
                "UPDATE location SET bytes = ?, modified_at = ?, changed_at = ?, device = ?, inode = ?, born_at = ?"
                        + " WHERE source = ? AND path = ?",
                rows));
    }

    private static void addFile(List<@Nullable Object> row, long changedAt, @Nullable FileIdentity identity) {
        row.add(changedAt == 0 ? null : changedAt);
        row.add(identity == null ? null : identity.device());
        row.add(identity == null ? null : identity.inode());
        row.add(identity == null ? null : identity.bornAt());
    }

    /** All locations of a document, of every source. */
    public List<Place> findPlaces(DocumentId document) {
        return jdbc.sql("SELECT source, path, device, inode, born_at FROM location WHERE document = ?")
                .param(document.value())
                .query((row, number) -> new Place(
                        new LocationKey(new SourceId(row.getString("source")), row.getString("path")),
                        readIdentity(row)))
                .list();
    }

    /** Those of some hashes that documents of the collection have as their newest bytes. */
    public Map<String, DocumentId> findByHashes(CollectionId collection, Collection<String> hashes) {
        Map<String, DocumentId> found = new HashMap<>();
        for (List<String> some : SqlParameters.split(hashes)) {
            jdbc.sql("SELECT hash, id FROM document WHERE collection = ? AND hash IN ("
                            + SqlParameters.placeholders(some.size()) + ")")
                    .param(collection.value())
                    .params(some)
                    .query(row -> {
                        found.put(row.getString("hash"), new DocumentId(row.getString("id")));
                    });
        }
        return found;
    }

    /** What is recorded at the location of an incoming document; empty for a new location. */
    Optional<Occupant> findOccupant(IncomingDocument incoming) {
        return jdbc.sql("SELECT document, hash FROM location WHERE source = ? AND path = ?")
                .params(incoming.source().value(), incoming.path())
                .query((row, number) -> {
                    String document = row.getString("document");
                    return new Occupant(document == null ? null : new DocumentId(document), row.getString("hash"));
                })
                .optional();
    }

    Optional<DocumentId> findByHash(CollectionId collection, String hash) {
        return jdbc.sql("SELECT id FROM document WHERE collection = ? AND hash = ?")
                .params(collection.value(), hash)
                .query((row, number) -> new DocumentId(row.getString(1)))
                .optional();
    }

    /** The documents that a registration may change. */
    Set<DocumentId> findAffected(CollectionId collection, List<IncomingDocument> incoming) {
        Set<DocumentId> documents = new HashSet<>();
        Map<SourceId, List<String>> paths = new HashMap<>();
        incoming.forEach(one ->
                paths.computeIfAbsent(one.source(), source -> new ArrayList<>()).add(one.path()));
        paths.forEach((source, some) -> documents.addAll(findDocuments(source, some)));
        for (List<IncomingDocument> some : SqlParameters.split(incoming)) {
            documents.addAll(jdbc.sql("SELECT id FROM document WHERE collection = ? AND hash IN ("
                            + SqlParameters.placeholders(some.size()) + ")")
                    .param(collection.value())
                    .params(some.stream().map(IncomingDocument::hash).toList())
                    .query((row, number) -> new DocumentId(row.getString(1)))
                    .list());
        }
        return documents;
    }

    /** The documents at some paths of a source. */
    public List<DocumentId> findDocuments(SourceId source, Collection<String> paths) {
        List<DocumentId> documents = new ArrayList<>();
        for (List<String> some : SqlParameters.split(paths)) {
            documents.addAll(
                    jdbc.sql("SELECT document FROM location WHERE source = ? AND document IS NOT NULL AND path IN ("
                                    + SqlParameters.placeholders(some.size()) + ")")
                            .param(source.value())
                            .params(some)
                            .query((row, number) -> new DocumentId(row.getString(1)))
                            .list());
        }
        return documents;
    }

    List<CollectionId> findCollections(SourceId source) {
        return jdbc.sql("SELECT DISTINCT collection FROM location WHERE source = ?")
                .param(source.value())
                .query((row, number) -> new CollectionId(row.getString(1)))
                .list();
    }

    void insert(CollectionId collection, IncomingDocument incoming, DocumentId document) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(incoming.source().value());
        row.add(incoming.path());
        row.add(collection.value());
        row.add(document.value());
        row.add(incoming.uri());
        row.add(incoming.hash());
        row.add(incoming.bytes());
        row.add(incoming.modifiedAt());
        addFile(row, incoming.changedAt(), incoming.identity());
        jdbc.sql("INSERT INTO location (source, path, collection, document, uri, hash, bytes, modified_at, changed_at,"
                        + " device, inode, born_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(row)
                .update();
    }

    /** Makes an existing location one of {@code document}; its file was found. */
    void assign(IncomingDocument incoming, DocumentId document) {
        List<@Nullable Object> row = describe(incoming, document);
        row.add(incoming.uri());
        row.add(incoming.source().value());
        row.add(incoming.path());
        jdbc.sql("UPDATE location SET document = ?, hash = ?, bytes = ?, modified_at = ?, changed_at = ?, device = ?,"
                        + " inode = ?, born_at = ?, uri = ?, missing_since = NULL WHERE source = ? AND path = ?")
                .params(row)
                .update();
    }

    /** Makes another location, which is the same file, one of {@code document}. */
    void assignTo(LocationKey other, IncomingDocument incoming, DocumentId document) {
        List<@Nullable Object> row = describe(incoming, document);
        row.add(other.source().value());
        row.add(other.path());
        jdbc.sql("UPDATE location SET document = ?, hash = ?, bytes = ?, modified_at = ?, changed_at = ?, device = ?,"
                        + " inode = ?, born_at = ? WHERE source = ? AND path = ?")
                .params(row)
                .update();
    }

    private static List<@Nullable Object> describe(IncomingDocument incoming, DocumentId document) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(document.value());
        row.add(incoming.hash());
        row.add(incoming.bytes());
        row.add(incoming.modifiedAt());
        addFile(row, incoming.changedAt(), incoming.identity());
        return row;
    }

    /** Renames locations in the order given; no other location may have one of the new paths. */
    void rename(SourceId source, List<LocationMove> moves) {
        List<Object[]> parked = new ArrayList<>();
        List<Object[]> renamed = new ArrayList<>();
        for (int i = 0; i < moves.size(); i++) {
            LocationMove move = moves.get(i);
            // No path of an item begins so. Files that change names with each other need a place in between.
            String place = "/moving/" + i;
            parked.add(new Object[] {place, source.value(), move.from()});
            renamed.add(new Object[] {move.to(), move.uri(), source.value(), place});
        }
        batches.batchUpdate("UPDATE location SET path = ? WHERE source = ? AND path = ?", parked);
        batches.batchUpdate(
                "UPDATE location SET path = ?, uri = ?, missing_since = NULL WHERE source = ? AND path = ?", renamed);
    }

    /** Marks locations whose files are not found and which are kept; those that are marked already keep their time. */
    void markMissing(SourceId source, Collection<String> paths, long since) {
        batches.batchUpdate(
                "UPDATE location SET missing_since = ? WHERE source = ? AND path = ? AND missing_since IS NULL",
                paths.stream()
                        .map(path -> new Object[] {since, source.value(), path})
                        .toList());
    }

    /** Their files are there again. */
    void clearMissing(SourceId source, Collection<String> paths) {
        batches.batchUpdate(
                "UPDATE location SET missing_since = NULL WHERE source = ? AND path = ?",
                paths.stream().map(path -> new Object[] {source.value(), path}).toList());
    }

    /** Deletes a location and returns its document; empty if it had none. */
    Optional<DocumentId> delete(SourceId source, String path) {
        Optional<DocumentId> document = jdbc.sql(
                        "SELECT document FROM location WHERE source = ? AND path = ? AND document IS NOT NULL")
                .params(source.value(), path)
                .query((row, number) -> new DocumentId(row.getString(1)))
                .optional();
        jdbc.sql("DELETE FROM location WHERE source = ? AND path = ?")
                .params(source.value(), path)
                .update();
        return document;
    }

    /** Whether a location of the document has the document's address. */
    boolean hasAddressOf(DocumentId document) {
        return jdbc.sql(
                                "SELECT COUNT(*) FROM document d JOIN location l ON l.document = d.id AND l.uri = d.uri WHERE d.id = ?")
                        .param(document.value())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The first address of a document; empty if it has no location. */
    Optional<String> findUri(DocumentId document) {
        return jdbc.sql("SELECT uri FROM location WHERE document = ? ORDER BY source, path LIMIT 1")
                .param(document.value())
                .query(String.class)
                .optional();
    }
}
