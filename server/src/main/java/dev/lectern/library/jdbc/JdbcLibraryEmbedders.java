package dev.lectern.library.jdbc;

import dev.lectern.library.LibraryEmbedders;
import dev.lectern.library.LibraryIndexes;
import dev.lectern.shared.ActiveEmbedder;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

@Repository
class JdbcLibraryEmbedders implements LibraryEmbedders {
    /** Embeddings that one transaction deletes. */
    private static final int PORTION = 5_000;

    private static final String LACKING =
            "NOT EXISTS (SELECT 1 FROM embedding e WHERE e.embedder = ? AND e.hash = p.embedding)";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Generations generations;
    private final EmbedderLock switching;
    private final CollectionLock lock;
    private final IndexRefill refill;
    private final IndexDrift drifts;
    private final LibraryIndexes indexes;

    JdbcLibraryEmbedders(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            Generations generations,
            EmbedderLock switching,
            CollectionLock lock,
            IndexRefill refill,
            IndexDrift drifts,
            LibraryIndexes indexes) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.generations = generations;
        this.switching = switching;
        this.lock = lock;
        this.refill = refill;
        this.drifts = drifts;
        this.indexes = indexes;
    }

    @Override
    public Optional<ActiveEmbedder> findActive() {
        return Optional.ofNullable(generations.now().embedder()).map(id -> new ActiveEmbedder(id, nameOf(id)));
    }

    private @Nullable String nameOf(String embedder) {
        return jdbc.sql("SELECT name FROM embedder WHERE id = ?")
                .param(embedder)
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .optional()
                .flatMap(name -> name)
                .orElse(null);
    }

    @Override
    public Optional<EmbedderFingerprint> required() {
        Optional<EmbedderFingerprint> required = jdbc.sql("SELECT e.* FROM embedder e WHERE e.id IN"
                        + " (SELECT c.embedder FROM collection c WHERE EXISTS"
                        + " (SELECT 1 FROM document d WHERE d.collection = c.id AND d.version > 0)) LIMIT 1")
                .query(Sql::embedder)
                .optional();
        if (required.isEmpty()) {
            jdbc.sql("UPDATE collection SET embedder = NULL WHERE embedder IS NOT NULL AND NOT EXISTS"
                            + " (SELECT 1 FROM document WHERE version > 0)")
                    .update();
        }
        return required;
    }

    @Override
    public void name(EmbedderFingerprint embedder, String name) {
        jdbc.sql("UPDATE embedder SET name = ? WHERE id = ?")
                .params(name, embedder.id())
                .update();
    }

    @Override
    public void prepare(EmbedderFingerprint embedder, String name) {
        transactions.executeWithoutResult(status -> {
            Sql.saveEmbedder(jdbc, embedder);
            jdbc.sql("UPDATE embedder SET dropped = 0 WHERE id = ?")
                    .param(embedder.id())
                    .update();
            name(embedder, name);
        });
    }

    @Override
    public Extent extent(EmbedderFingerprint embedder) {
        long texts = jdbc.sql("SELECT COUNT(DISTINCT embedding) FROM passage")
                .query(Long.class)
                .single();
        long missing = jdbc.sql("SELECT COUNT(DISTINCT p.embedding) FROM passage p WHERE " + LACKING)
                .param(embedder.id())
                .query(Long.class)
                .single();
        return new Extent(texts, missing);
    }

    @Override
    public List<StoredText> without(EmbedderFingerprint embedder, String after, int limit) {
        return jdbc.sql("SELECT p.embedding, d.title, p.headings, p.table_header, p.body FROM passage p"
                        + " JOIN document d ON d.id = p.document WHERE p.embedding > ? AND " + LACKING
                        + " ORDER BY p.embedding LIMIT ?")
                .params(after, embedder.id(), limit)
                .query((row, number) -> new StoredText(
                        row.getString("embedding"),
                        row.getString("title"),
                        Lines.texts(row.getString("headings")),
                        row.getString("table_header"),
                        row.getString("body")))
                .list();
    }

    @Override
    public void fill(EmbedderFingerprint embedder) {
        refill.fill(embedder);
    }

    @Override
    public boolean switchTo(EmbedderFingerprint embedder) {
        Map<CollectionId, Long> before = generations.now().generations();
        refill.fill(embedder);
        if (!drifts.of(embedder).missing().isEmpty()) {
            return false;
        }
        return transactions.execute(status -> {
            switching.alone();
            lock.take(before.keySet());
            // Whatever came or went since the index was filled has raised a generation.
            if (!generations.now().generations().equals(before)) {
                return false;
            }
            putInForce(embedder.id());
            return true;
        });
    }

    private void putInForce(String embedder) {
        jdbc.sql("UPDATE document SET embedder = ? WHERE embedder IN"
                        + " (SELECT c.embedder FROM collection c WHERE c.embedder IS NOT NULL)")
                .param(embedder)
                .update();
        jdbc.sql("UPDATE collection SET embedder = ?, generation = generation + 1")
                .param(embedder)
                .update();
    }

    @Override
    public void giveUp(String id) {
        if (id.equals(generations.now().embedder())) {
            throw new IllegalArgumentException("The embedder is in force");
        }
        transactions.executeWithoutResult(status -> {
            jdbc.sql("UPDATE embedder SET dropped = 1 WHERE id = ?").param(id).update();
            jdbc.sql("DELETE FROM index_outbox WHERE embedder = ?").param(id).update();
        });
    }

    @Override
    public void letGo() {
        givenUp().forEach(indexes::close);
    }

    @Override
    public void drop(String id) {
        givenUp().stream().filter(embedder -> embedder.id().equals(id)).forEach(this::drop);
    }

    private List<EmbedderFingerprint> givenUp() {
        return jdbc.sql("SELECT * FROM embedder WHERE dropped = 1")
                .query(Sql::embedder)
                .list();
    }

    private void drop(EmbedderFingerprint embedder) {
        indexes.discard(embedder);
        int deleted = PORTION;
        while (deleted == PORTION) {
            deleted = deleteSome(embedder.id());
        }
        jdbc.sql("DELETE FROM embedder WHERE id = ? AND dropped = 1")
                .param(embedder.id())
                .update();
    }

    /** A portion, so that nobody waits long for the database. */
    private int deleteSome(String embedder) {
        return jdbc.sql("DELETE FROM embedding WHERE embedder = ? AND hash IN"
                        + " (SELECT hash FROM embedding WHERE embedder = ? ORDER BY hash LIMIT ?)")
                .params(embedder, embedder, PORTION)
                .update();
    }
}
