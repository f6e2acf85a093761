package dev.lectern.ingestion.jobs;

import dev.lectern.library.DocumentProgress;
import dev.lectern.library.DocumentProgress.Phase;
import dev.lectern.library.DocumentProgressLookup;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.JobId;
import dev.lectern.storage.NodeRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores how far the running tasks are, so that every node can show it. Thread-safe. */
@Repository
public class TaskProgressRepository implements DocumentProgressLookup {
    /** A rate that was written longer ago than this says nothing about the present. */
    static final Duration RATE_VALIDITY = Duration.ofSeconds(30);

    private static final int IDS_PER_QUERY = 500;
    private static final double SECONDS_PER_HOUR = 3_600;
    private static final String COLUMNS =
            "document, passages_total, passages_embedded, passages_per_hour, progress_at FROM task";

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final NodeRegistry nodeRegistry;

    TaskProgressRepository(JdbcClient jdbc, InstantSource clock, NodeRegistry nodeRegistry) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.nodeRegistry = nodeRegistry;
    }

    /**
     * Writes how far a task is. Nothing changes when this node does not own the task any more.
     *
     * @param embedded passages with an embedding, 0 to {@code total}
     * @param rate passages embedded a second; 0 when it is not known
     */
    public void record(Task task, int embedded, int total, double rate) {
        jdbc.sql("UPDATE task SET passages_total = ?, passages_embedded = ?, passages_per_hour = ?, progress_at = ?"
                        + " WHERE id = ? AND owner = ?")
                .params(
                        total,
                        embedded,
                        Math.round(rate * SECONDS_PER_HOUR),
                        clock.millis(),
                        task.id(),
                        nodeRegistry.self())
                .update();
    }

    /**
     * The documents of a job that are being worked on: those with the most passages to embed first, at last those that are being read.
     *
     * @param limit 1 or more
     */
    public Map<DocumentId, DocumentProgress> findRunning(JobId job, int limit) {
        Map<DocumentId, DocumentProgress> found = new LinkedHashMap<>();
        jdbc.sql("SELECT " + COLUMNS + " WHERE job = ? AND status = 'running'"
                        + " ORDER BY passages_total - passages_embedded DESC, id LIMIT ?")
                .params(job.value(), limit)
                .query(row -> {
                    found.put(new DocumentId(row.getString("document")), read(row));
                });
        return found;
    }

    @Override
    public Map<DocumentId, DocumentProgress> find(Collection<DocumentId> documents) {
        Map<DocumentId, DocumentProgress> found = new HashMap<>();
        List<String> ids =
                new ArrayList<>(documents.stream().map(DocumentId::value).toList());
        for (int from = 0; from < ids.size(); from += IDS_PER_QUERY) {
            jdbc.sql("SELECT " + COLUMNS + " WHERE document IN (:ids) AND status = 'running'")
                    .param("ids", ids.subList(from, Math.min(ids.size(), from + IDS_PER_QUERY)))
                    .query(row -> {
                        found.put(new DocumentId(row.getString("document")), read(row));
                    });
        }
        return found;
    }

    private DocumentProgress read(ResultSet row) throws SQLException {
        int embedded = row.getInt("passages_embedded");
        int total = row.getInt("passages_total");
        long written = row.getLong("progress_at");
        if (row.wasNull()) {
            return new DocumentProgress(Phase.READING, embedded, total, 0, null);
        }
        double rate = written < clock.millis() - RATE_VALIDITY.toMillis()
                ? 0
                : row.getLong("passages_per_hour") / SECONDS_PER_HOUR;
        return new DocumentProgress(
                embedded < total ? Phase.EMBEDDING : Phase.STORING,
                embedded,
                total,
                rate,
                rate == 0 ? null : Duration.ofMillis(Math.round((total - embedded) * 1_000L / rate)));
    }
}
