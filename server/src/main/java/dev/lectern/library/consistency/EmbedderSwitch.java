package dev.lectern.library.consistency;

import dev.lectern.library.EmbedderIndexRegistry;
import dev.lectern.library.embedders.EmbedderRepository;
import dev.lectern.library.embedders.EmbeddingRepository;
import dev.lectern.library.jdbc.CollectionGenerationRepository;
import dev.lectern.library.jdbc.CollectionLock;
import dev.lectern.library.jdbc.EmbedderLock;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves the library to another embedder, with all collections at once, so that the scores of a search over several stay comparable. Thread-safe; every method
 * can be repeated after a crash.
 */
@Component
public class EmbedderSwitch {
    /** Maximum embeddings that one transaction deletes, so that nobody waits long for the database. */
    private static final int DELETED_AT_ONCE = 5_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final CollectionGenerationRepository generations;
    private final EmbedderLock embedderLock;
    private final CollectionLock collectionLock;
    private final IndexRefiller refiller;
    private final IndexDriftDetector driftDetector;
    private final EmbedderRepository embedders;
    private final EmbeddingRepository embeddings;
    private final EmbedderIndexRegistry indexes;

    EmbedderSwitch(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            CollectionGenerationRepository generations,
            EmbedderLock embedderLock,
            CollectionLock collectionLock,
            IndexRefiller refiller,
            IndexDriftDetector driftDetector,
            EmbedderRepository embedders,
            EmbeddingRepository embeddings,
            EmbedderIndexRegistry indexes) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.generations = generations;
        this.embedderLock = embedderLock;
        this.collectionLock = collectionLock;
        this.refiller = refiller;
        this.driftDetector = driftDetector;
        this.embedders = embedders;
        this.embeddings = embeddings;
        this.indexes = indexes;
    }

    /**
     * Makes the index of an embedder agree with the library, except for passages without an embedding. Documents may be committed and deleted meanwhile.
     *
     * @throws dev.lectern.shared.LecternException INDEX_UNAVAILABLE
     */
    public void fillIndex(EmbedderFingerprint embedder) {
        refiller.fill(embedder);
    }

    /**
     * Fills the index of an embedder and makes the embedder active for all collections in one transaction, which raises their generations. Documents that were
     * prepared with the former embedder cannot be committed any more and are prepared again.
     *
     * @return false when the index is incomplete, since documents changed meanwhile or embeddings are missing; nothing has changed then
     */
    public boolean switchTo(EmbedderFingerprint embedder) {
        Map<CollectionId, Long> before = generations.read().generations();
        refiller.fill(embedder);
        if (!driftDetector.compare(embedder).missing().isEmpty()) {
            return false;
        }
        return transactions.execute(status -> {
            embedderLock.lockExclusively();
            collectionLock.lock(before.keySet());
            // Every change since the index was filled has raised a generation.
            if (!generations.read().generations().equals(before)) {
                return false;
            }
            activate(embedder.id());
            return true;
        });
    }

    private void activate(String embedder) {
        jdbc.sql("UPDATE document SET embedder = ? WHERE embedder IN"
                        + " (SELECT c.embedder FROM collection c WHERE c.embedder IS NOT NULL)")
                .param(embedder)
                .update();
        jdbc.sql("UPDATE collection SET embedder = ?, generation = generation + 1")
                .param(embedder)
                .update();
    }

    /**
     * Retires the index of an embedder: no node opens it any more, and every node closes it with {@link #closeRetired}. {@link
     * EmbedderRepository#addIndexed} takes it back.
     *
     * @param id of the fingerprint
     * @throws IllegalArgumentException when the embedder is active
     */
    public void retire(String id) {
        if (id.equals(generations.read().embedder())) {
            throw new IllegalArgumentException("The active embedder cannot be retired: " + id);
        }
        embedders.retire(id);
    }

    /** Closes the retired indexes that this node has open. */
    public void closeRetired() {
        embedders.findRetired().forEach(indexes::close);
    }

    /**
     * Deletes the index and the embeddings of a retired embedder, after all nodes have closed it. Does nothing when the embedder is not retired.
     *
     * @param id of the fingerprint
     */
    public void deleteRetired(String id) {
        embedders.findRetired().stream()
                .filter(embedder -> embedder.id().equals(id))
                .forEach(this::delete);
    }

    private void delete(EmbedderFingerprint embedder) {
        indexes.discard(embedder);
        int deleted = DELETED_AT_ONCE;
        while (deleted == DELETED_AT_ONCE) {
            deleted = embeddings.delete(embedder, DELETED_AT_ONCE);
        }
        embedders.deleteRetired(embedder);
    }
}
