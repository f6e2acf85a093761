package dev.lectern.library.update;

import dev.lectern.library.PipelineVersion;
import dev.lectern.library.jdbc.SqlParameters;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.SourceId;
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

    /** @param only whether the document has no other location */
    record Occupant(@Nullable DocumentId document, String hash, boolean only) {}

    /** All locations of a source, by path. */
    public Map<String, RecordedLocation> findAll(SourceId source, PipelineVersion version) {
        Map<String, RecordedLocation> locations = new HashMap<>();
        jdbc.sql("SELECT l.path, l.bytes, l.modified_at, l.hash, l.document, CASE WHEN l.document IS NULL OR EXISTS"
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
                            row.getString("hash"),
                            document == null ? null : new DocumentId(document),
                            row.getInt("settled") == 1);
                    locations.put(location.path(), location);
                });
        return locations;
    }

    /** Updates sizes and modification times of locations whose bytes are unchanged. */
    public void updateTimes(SourceId source, Collection<RecordedLocation> locations) {
        List<Object[]> rows = new ArrayList<>(locations.size());
        locations.forEach(location ->
                rows.add(new Object[] {location.bytes(), location.modifiedAt(), source.value(), location.path()}));
        transactions.executeWithoutResult(status -> batches.batchUpdate(
                "UPDATE location SET bytes = ?, modified_at = ? WHERE source = ? AND path = ?", rows));
    }

    /** What is recorded at the location of an incoming document; empty for a new location. */
    Optional<Occupant> findOccupant(IncomingDocument incoming) {
        return jdbc.sql("SELECT l.document, l.hash,"
                        + " (SELECT COUNT(*) FROM location o WHERE o.document = l.document) AS locations"
                        + " FROM location l WHERE l.source = ? AND l.path = ?")
                .params(incoming.source().value(), incoming.path())
                .query((row, number) -> {
                    String document = row.getString("document");
                    return new Occupant(
                            document == null ? null : new DocumentId(document),
                            row.getString("hash"),
                            row.getInt("locations") == 1);
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
        jdbc.sql("INSERT INTO location (source, path, collection, document, uri, hash, bytes, modified_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        incoming.source().value(),
                        incoming.path(),
                        collection.value(),
                        document.value(),
                        incoming.uri(),
                        incoming.hash(),
                        incoming.bytes(),
                        incoming.modifiedAt())
                .update();
    }

    /** Makes an existing location one of {@code document}. */
    void assign(IncomingDocument incoming, DocumentId document) {
        jdbc.sql("UPDATE location SET document = ?, uri = ?, hash = ?, bytes = ?, modified_at = ?"
                        + " WHERE source = ? AND path = ?")
                .params(
                        document.value(),
                        incoming.uri(),
                        incoming.hash(),
                        incoming.bytes(),
                        incoming.modifiedAt(),
                        incoming.source().value(),
                        incoming.path())
                .update();
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
