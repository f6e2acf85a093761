package dev.lectern.library.embedders;

import dev.lectern.library.jdbc.CollectionGenerationRepository;
import dev.lectern.shared.ActiveEmbedderLookup;
import dev.lectern.shared.ActiveEmbedderLookup.ActiveEmbedder;
import dev.lectern.shared.EmbedderFingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** The embedders that the library has or had an index of. One of them is active for all collections. Thread-safe; every method can be repeated. */
@Repository
public class EmbedderRepository implements ActiveEmbedderLookup {
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final CollectionGenerationRepository generations;

    public EmbedderRepository(
            JdbcClient jdbc, TransactionTemplate transactions, CollectionGenerationRepository generations) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.generations = generations;
    }

    @Override
    public Optional<ActiveEmbedder> findActive() {
        return Optional.ofNullable(generations.read().embedder()).map(id -> new ActiveEmbedder(id, findName(id)));
    }

    private @Nullable String findName(String embedder) {
        return jdbc.sql("SELECT name FROM embedder WHERE id = ?")
                .param(embedder)
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .optional()
                .flatMap(name -> name)
                .orElse(null);
    }

    /**
     * The active embedder if documents were committed with it. Without such documents there is no active embedder any more, and the next commit chooses one.
     */
    public Optional<EmbedderFingerprint> findRequired() {
        Optional<EmbedderFingerprint> required = jdbc.sql("SELECT e.* FROM embedder e WHERE e.id IN"
                        + " (SELECT c.embedder FROM collection c WHERE EXISTS"
                        + " (SELECT 1 FROM document d WHERE d.collection = c.id AND d.version > 0)) LIMIT 1")
                .query(EmbedderRepository::fingerprint)
                .optional();
        if (required.isEmpty()) {
            jdbc.sql("UPDATE collection SET embedder = NULL WHERE embedder IS NOT NULL AND NOT EXISTS"
                            + " (SELECT 1 FROM document WHERE version > 0)")
                    .update();
        }
        return required;
    }

    /** The embedders of the collections. */
    public List<EmbedderFingerprint> findUsed() {
        return jdbc.sql("SELECT e.* FROM embedder e WHERE e.id IN (SELECT embedder FROM collection)")
                .query(EmbedderRepository::fingerprint)
                .list();
    }

    /** The embedders with an index that is not retired. */
    public List<EmbedderFingerprint> findIndexed() {
        return jdbc.sql("SELECT * FROM embedder WHERE dropped = 0")
                .query(EmbedderRepository::fingerprint)
                .list();
    }

    /** The ids of {@link #findIndexed}. */
    public List<String> findIndexedIds() {
        return jdbc.sql("SELECT id FROM embedder WHERE dropped = 0")
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** An embedder by the id of its fingerprint; empty when its index is retired or deleted. */
    public Optional<EmbedderFingerprint> findIndexed(String id) {
        return jdbc.sql("SELECT * FROM embedder WHERE id = ? AND dropped = 0")
                .param(id)
                .query(EmbedderRepository::fingerprint)
                .optional();
    }

    /** The embedders whose index is retired and not deleted yet. */
    public List<EmbedderFingerprint> findRetired() {
        return jdbc.sql("SELECT * FROM embedder WHERE dropped = 1")
                .query(EmbedderRepository::fingerprint)
                .list();
    }

    /** Saves an embedder, unless it is known already. */
    public void save(EmbedderFingerprint embedder) {
        jdbc.sql("INSERT INTO embedder (id, model, dimensions, question_prefix, passage_prefix, pooling, normalised)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .params(
                        embedder.id(),
                        embedder.model(),
                        embedder.dimensions(),
                        embedder.questionPrefix(),
                        embedder.passagePrefix(),
                        embedder.pooling(),
                        embedder.normalised() ? 1 : 0)
                .update();
    }

    /** Records the configured name of an embedder, so that it can be opened after the configuration has changed. */
    public void recordName(EmbedderFingerprint embedder, String name) {
        jdbc.sql("UPDATE embedder SET name = ? WHERE id = ?")
                .params(name, embedder.id())
                .update();
    }

    /**
     * Adds an embedder with an index of its own beside the active one, or takes back a retired one. From now on, what is deleted from the library is deleted
     * from its index, too.
     */
    public void addIndexed(EmbedderFingerprint embedder, String name) {
        transactions.executeWithoutResult(status -> {
            save(embedder);
            jdbc.sql("UPDATE embedder SET dropped = 0 WHERE id = ?")
                    .param(embedder.id())
                    .update();
            recordName(embedder, name);
        });
    }

    /** Retires an embedder: its index is not opened any more, and its pending deletions are discarded. */
    public void retire(String id) {
        transactions.executeWithoutResult(status -> {
            jdbc.sql("UPDATE embedder SET dropped = 1 WHERE id = ?").param(id).update();
            jdbc.sql("DELETE FROM index_outbox WHERE embedder = ?").param(id).update();
        });
    }

    /** Deletes a retired embedder. */
    public void deleteRetired(EmbedderFingerprint embedder) {
        jdbc.sql("DELETE FROM embedder WHERE id = ? AND dropped = 1")
                .param(embedder.id())
                .update();
    }

    private static EmbedderFingerprint fingerprint(ResultSet row, int number) throws SQLException {
        return new EmbedderFingerprint(
                row.getString("model"),
                row.getInt("dimensions"),
                row.getString("question_prefix"),
                row.getString("passage_prefix"),
                row.getString("pooling"),
                row.getInt("normalised") == 1);
    }
}
