package dev.lectern.library.update;

import dev.lectern.library.DocumentLocation;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.PipelineVersion;
import dev.lectern.library.jdbc.CollectionLock;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes how far the processing of documents has come. Writes join a transaction. Thread-safe. */
@Repository
public class DocumentStatusRepository {
    private static final int IDS_PER_QUERY = 500;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final CollectionLock lock;
    private final StaleVersionMarker marker;
    private final InstantSource clock;

    DocumentStatusRepository(
            JdbcClient jdbc,
            JdbcTemplate batches,
            CollectionLock lock,
            StaleVersionMarker marker,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.lock = lock;
        this.marker = marker;
        this.clock = clock;
    }

    /** The document with its newest bytes; empty when it was deleted. */
    public Optional<PendingDocument> findPending(DocumentId document, PipelineVersion version) {
        return jdbc.sql("SELECT collection, hash, bytes, uri, plain, CASE WHEN " + UpToDateCondition.SQL
                        + " THEN 1 ELSE 0 END AS settled FROM document WHERE id = ?")
                .params(UpToDateCondition.parameters(version))
                .param(document.value())
                .query((row, number) -> new PendingDocument(
                        document,
                        new CollectionId(row.getString("collection")),
                        row.getString("hash"),
                        row.getLong("bytes"),
                        row.getString("uri"),
                        DocumentLocation.fileName(row.getString("uri")),
                        row.getInt("plain") == 1,
                        row.getInt("settled") == 1))
                .optional();
    }

    /** The sizes in bytes of the newest originals, in the given order, without documents that do not exist. */
    public Map<DocumentId, Long> findSizes(Collection<DocumentId> documents) {
        Map<String, Long> found = new HashMap<>();
        List<String> ids = documents.stream().map(DocumentId::value).toList();
        for (int from = 0; from < ids.size(); from += IDS_PER_QUERY) {
            jdbc.sql("SELECT id, bytes FROM document WHERE id IN (:ids)")
                    .param("ids", ids.subList(from, Math.min(ids.size(), from + IDS_PER_QUERY)))
                    .query(row -> {
                        found.put(row.getString("id"), row.getLong("bytes"));
                    });
        }
        Map<DocumentId, Long> sizes = new LinkedHashMap<>();
        for (DocumentId document : documents) {
            Long size = found.get(document.value());
            if (size != null) {
                sizes.put(document, size);
            }
        }
        return sizes;
    }

    /** The titles of documents; those that do not exist are left out. */
    public Map<DocumentId, String> findTitles(Collection<DocumentId> documents) {
        Map<DocumentId, String> found = new HashMap<>();
        List<String> ids = documents.stream().map(DocumentId::value).toList();
        for (int from = 0; from < ids.size(); from += IDS_PER_QUERY) {
            jdbc.sql("SELECT id, title FROM document WHERE id IN (:ids)")
                    .param("ids", ids.subList(from, Math.min(ids.size(), from + IDS_PER_QUERY)))
                    .query(row -> {
                        found.put(new DocumentId(row.getString("id")), row.getString("title"));
                    });
        }
        return found;
    }

    /** Queues a document for processing, even if it is up to date. */
    public void requestReread(DocumentId document) {
        jdbc.sql("UPDATE document SET attempted_hash = NULL, status = ?, reason_code = NULL, reason = NULL,"
                        + " updated_at = ? WHERE id = ?")
                .params(DocumentStatus.QUEUED.text(), clock.millis(), document.value())
                .update();
    }

    /**
     * Queues documents that this version of the pipeline has neither processed nor given up, whatever the result of another one was. They are found and cited as they are until they
     * have been read again. Documents that are queued already are left out, so that no two nodes queue the same.
     *
     * @param limit of documents, the rest is left for another call
     * @return with their sizes in bytes
     */
    public Map<DocumentId, Long> queueOutdated(WritableCollection collection, PipelineVersion version, int limit) {
        Map<DocumentId, Long> queued = new LinkedHashMap<>();
        jdbc.sql("UPDATE document SET status = 'queued', updated_at = ? WHERE id IN (SELECT id FROM document WHERE"
                        + " collection = ? AND pipeline <> ? AND COALESCE(settled_pipelines, '') NOT LIKE ?"
                        + " AND attempted_hash = hash AND status IN ('done', 'failed')"
                        + " ORDER BY id LIMIT ?) AND status IN ('done', 'failed') RETURNING id, bytes")
                .params(
                        clock.millis(),
                        collection.id().value(),
                        version.pipeline(),
                        UpToDateCondition.pattern(version),
                        limit)
                .query(row -> {
                    queued.put(new DocumentId(row.getString(1)), row.getLong(2));
                });
        return queued;
    }

    public void setStatus(Collection<DocumentId> documents, DocumentStatus status) {
        updateInOrder(documents, "UPDATE document SET status = ?, updated_at = ? WHERE id = ?", id ->
                new Object[] {status.text(), clock.millis(), id});
    }

    /** Updates documents in the order of their ids, which prevents deadlocks. */
    private void updateInOrder(Collection<DocumentId> documents, String sql, Function<String, Object[]> parameters) {
        List<Object[]> rows = documents.stream()
                .map(DocumentId::value)
                .sorted()
                .distinct()
                .map(parameters)
                .toList();
        if (!rows.isEmpty()) {
            batches.batchUpdate(sql, rows);
        }
    }

    /** Restores the status of the last attempt, since the document is up to date. */
    public void restoreStatus(DocumentId document) {
        jdbc.sql("UPDATE document SET status = CASE WHEN reason_code IS NULL THEN 'done' ELSE 'failed' END"
                        + " WHERE id = ? AND attempted_hash = hash")
                .param(document.value())
                .update();
    }

    /** Locks a collection until the end of the transaction, before failures of its documents are recorded: they may raise its generation. */
    public void lockCollection(CollectionId collection) {
        lock.lock(List.of(collection));
    }

    /**
     * Records that queued documents were cancelled before their newest bytes were read, in a transaction that began with {@link #lockCollection}. Those whose
     * newest bytes were to be read again by another version of the pipeline get the status of their last attempt back, and are not queued for it again.
     *
     * @param code for machines, in lower case
     * @param reason a sentence that says what to do
     */
    public void recordCancelled(Collection<DocumentId> documents, PipelineVersion version, String code, String reason) {
        updateInOrder(
                documents,
                "UPDATE document SET status = CASE WHEN attempted_hash = hash AND reason_code IS NULL THEN 'done' ELSE 'failed' END,"
                        + " reason_code = CASE WHEN attempted_hash = hash THEN reason_code ELSE ? END,"
                        + " reason = CASE WHEN attempted_hash = hash THEN reason ELSE ? END,"
                        + " settled_pipelines = " + UpToDateCondition.WITH_GIVEN + ","
                        + " attempted_hash = CASE WHEN attempted_hash = hash THEN hash ELSE NULL END,"
                        + " updated_at = ? WHERE status = 'queued' AND id = ?",
                id -> new Object[] {code, reason, version.pipeline(), version.pipeline(), clock.millis(), id});
        marker.mark(documents);
    }

    /**
     * Gives a document the status of its last attempt back, whose bytes were to be read again, but were not: that was cancelled, or the original is
     * gone. It is not queued for this version of the pipeline again.
     *
     * @param hash of the bytes that were at work
     * @return whether it has such an attempt; nothing has changed otherwise
     */
    public boolean restoreAttempt(DocumentId document, String hash, PipelineVersion version) {
        return jdbc.sql("UPDATE document SET status = CASE WHEN reason_code IS NULL THEN 'done' ELSE 'failed' END,"
                                + " settled_pipelines = " + UpToDateCondition.WITH_GIVEN + ","
                                + " updated_at = ? WHERE id = ? AND hash = ? AND attempted_hash = hash")
                        .params(version.pipeline(), version.pipeline(), clock.millis(), document.value(), hash)
                        .update()
                == 1;
    }

    /**
     * Records that the newest bytes cannot be committed, in a transaction that began with {@link #lockCollection}. An earlier version stays, with a warning.
     *
     * @param code for machines, in lower case
     * @param reason a sentence that says what to do
     * @param permanent whether another attempt with the same bytes and pipeline version would fail again
     */
    public void recordFailure(
            DocumentId document, String hash, PipelineVersion version, String code, String reason, boolean permanent) {
        jdbc.sql("UPDATE document SET settled_pipelines = " + UpToDateCondition.WITH_LAST
                        + ", attempted_hash = ?, status = ?, reason_code = ?, reason = ?, pipeline = ?,"
                        + " embedder = ?, updated_at = ? WHERE id = ? AND hash = ?")
                .param(permanent ? hash : null)
                .params(
                        DocumentStatus.FAILED.text(),
                        code,
                        reason,
                        version.pipeline(),
                        version.embedder().id(),
                        clock.millis(),
                        document.value(),
                        hash)
                .update();
        marker.mark(List.of(document));
    }
}
