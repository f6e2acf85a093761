package dev.lectern.library.jdbc;

import dev.lectern.library.Arrival;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.KnownFile;
import dev.lectern.library.LibraryWriter;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.PendingDocument;
import dev.lectern.library.PreparedDocument;
import dev.lectern.library.Recipe;
import dev.lectern.library.Registered;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.SourceId;
import dev.lectern.storage.NodeRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

@Component
class JdbcLibraryWriter implements LibraryWriter {
    private static final int IDS_PER_QUERY = 500;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionTemplate transactions;
    private final Registration registration;
    private final Commit commit;
    private final Outbox outbox;
    private final NodeRegistry nodeRegistry;
    private final OriginalStore originals;
    private final JdbcEmbeddings embeddings;
    private final IndexRefill refill;
    private final InstantSource clock;

    JdbcLibraryWriter(
            JdbcClient jdbc,
            JdbcTemplate batches,
            TransactionTemplate transactions,
            Registration registration,
            Commit commit,
            Outbox outbox,
            NodeRegistry nodeRegistry,
            OriginalStore originals,
            JdbcEmbeddings embeddings,
            IndexRefill refill,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.transactions = transactions;
        this.registration = registration;
        this.commit = commit;
        this.outbox = outbox;
        this.nodeRegistry = nodeRegistry;
        this.originals = originals;
        this.embeddings = embeddings;
        this.refill = refill;
        this.clock = clock;
    }

    @Override
    public Map<String, KnownFile> known(SourceId source, Recipe recipe) {
        Map<String, KnownFile> known = new HashMap<>();
        jdbc.sql("SELECT l.path, l.bytes, l.modified_at, l.hash, l.document, CASE WHEN l.document IS NULL OR EXISTS"
                        + " (SELECT 1 FROM document d WHERE d.id = l.document AND " + Ledger.settled("d")
                        + ") THEN 1 ELSE 0 END AS settled FROM location l WHERE l.source = ?")
                .params(Ledger.parameters(recipe))
                .param(source.value())
                .query(row -> {
                    String document = row.getString("document");
                    KnownFile file = new KnownFile(
                            row.getString("path"),
                            row.getLong("bytes"),
                            row.getLong("modified_at"),
                            row.getString("hash"),
                            document == null ? null : new DocumentId(document),
                            row.getInt("settled") == 1);
                    known.put(file.path(), file);
                });
        return known;
    }

    @Override
    public List<Registered> register(
            CollectionId collection, List<Arrival> arrivals, Recipe recipe, Consumer<List<Registered>> inTransaction) {
        return registration.register(collection, arrivals, recipe, inTransaction);
    }

    @Override
    public void touched(SourceId source, Collection<KnownFile> files) {
        List<Object[]> rows = new ArrayList<>(files.size());
        files.forEach(file -> rows.add(new Object[] {file.bytes(), file.modifiedAt(), source.value(), file.path()}));
        transactions.executeWithoutResult(status -> batches.batchUpdate(
                "UPDATE location SET bytes = ?, modified_at = ? WHERE source = ? AND path = ?", rows));
    }

    @Override
    public void vanished(SourceId source, Collection<String> paths) {
        registration.vanished(source, paths);
    }

    @Override
    public Optional<PendingDocument> pending(DocumentId document, Recipe recipe) {
        return jdbc.sql("SELECT collection, hash, bytes, uri, plain, CASE WHEN " + Ledger.SETTLED
                        + " THEN 1 ELSE 0 END AS settled FROM document WHERE id = ?")
                .params(Ledger.parameters(recipe))
                .param(document.value())
                .query((row, number) -> new PendingDocument(
                        document,
                        new CollectionId(row.getString("collection")),
                        row.getString("hash"),
                        row.getLong("bytes"),
                        Names.file(row.getString("uri")),
                        row.getInt("plain") == 1,
                        row.getInt("settled") == 1))
                .optional();
    }

    @Override
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

    @Override
    public void again(DocumentId document) {
        jdbc.sql("UPDATE document SET attempted_hash = NULL, status = ?, reason_code = NULL, reason = NULL,"
                        + " updated_at = ? WHERE id = ?")
                .params(DocumentStatus.QUEUED.text(), clock.millis(), document.value())
                .update();
    }

    @Override
    public void mark(Collection<DocumentId> documents, DocumentStatus status) {
        inOrder(documents, "UPDATE document SET status = ?, updated_at = ? WHERE id = ?", id ->
                new Object[] {status.text(), clock.millis(), id});
    }

    /** One after the other, so that nobody waits for one while holding another that is wanted. */
    private void inOrder(Collection<DocumentId> documents, String sql, Function<String, Object[]> parameters) {
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

    @Override
    public void unchanged(DocumentId document) {
        jdbc.sql("UPDATE document SET status = CASE WHEN reason_code IS NULL THEN 'done' ELSE 'failed' END"
                        + " WHERE id = ? AND attempted_hash = hash")
                .param(document.value())
                .update();
    }

    @Override
    public void stopped(Collection<DocumentId> documents, String code, String reason) {
        inOrder(
                documents,
                "UPDATE document SET status = 'failed', attempted_hash = NULL, reason_code = ?, reason = ?,"
                        + " updated_at = ? WHERE status = 'queued' AND id = ?",
                id -> new Object[] {code, reason, clock.millis(), id});
    }

    @Override
    public void unreadable(CollectionId collection, Arrival arrival, String reason) {
        registration.unreadable(collection, arrival, reason);
    }

    @Override
    public void commit(List<PreparedDocument> documents, Recipe recipe, Runnable inTransaction) {
        commit.commit(documents, recipe, inTransaction);
    }

    @Override
    public void failed(DocumentId document, String hash, Recipe recipe, String code, String reason, boolean settled) {
        jdbc.sql("UPDATE document SET attempted_hash = ?, status = ?, reason_code = ?, reason = ?, pipeline = ?,"
                        + " embedder = ?, updated_at = ? WHERE id = ? AND hash = ?")
                .param(settled ? hash : null)
                .params(
                        DocumentStatus.FAILED.text(),
                        code,
                        reason,
                        recipe.pipeline(),
                        recipe.embedder().id(),
                        clock.millis(),
                        document.value(),
                        hash)
                .update();
    }

    @Override
    public void recover() {
        // Another node may be storing bytes that nothing refers to yet.
        boolean alone = nodeRegistry.countOthers() == 0;
        if (alone) {
            originals.sweep();
        }
        outbox.finishAll();
        refill.run();
        if (alone && !originals.isShared()) {
            originals.forEach(outbox::deleteUnreferenced);
        }
    }

    @Override
    public void tidy() {
        outbox.finishAll();
        embeddings.collect();
    }
}
