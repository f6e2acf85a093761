package dev.lectern.library.consistency;

import dev.lectern.index.IndexedPassage;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageSelection;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.EmbedderIndexRegistry;
import dev.lectern.library.consistency.IndexDriftDetector.DocumentVersion;
import dev.lectern.library.consistency.IndexDriftDetector.Drift;
import dev.lectern.library.consistency.IndexDriftDetector.IncompleteVersion;
import dev.lectern.library.embedders.EmbedderRepository;
import dev.lectern.library.embedders.EmbeddingRepository;
import dev.lectern.library.jdbc.LineCodec;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.PassageId;
import dev.lectern.text.TableContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Repairs an index that was lost, damaged or restored from an older copy: adds missing versions from the stored passages and embeddings, without parsing or
 * embedding again, and deletes stray versions.
 */
@Component
class IndexRefiller {
    private static final Logger log = LoggerFactory.getLogger(IndexRefiller.class);
    /** Maximum passages whose embeddings are in memory. */
    private static final int PASSAGES_IN_MEMORY = 1_000;

    private final JdbcClient jdbc;
    private final EmbedderIndexRegistry indexes;
    private final IndexDriftDetector driftDetector;
    private final EmbedderRepository embedders;
    private final EmbeddingRepository embeddings;
    private final IndexCompleteness completeness;

    IndexRefiller(
            JdbcClient jdbc,
            EmbedderIndexRegistry indexes,
            IndexDriftDetector driftDetector,
            EmbedderRepository embedders,
            EmbeddingRepository embeddings,
            IndexCompleteness completeness) {
        this.jdbc = jdbc;
        this.indexes = indexes;
        this.driftDetector = driftDetector;
        this.embedders = embedders;
        this.embeddings = embeddings;
        this.completeness = completeness;
    }

    /** Repairs the indexes of all collections at the start. Versions that other nodes are committing or deleting are no drift. */
    void repairAll() {
        for (EmbedderFingerprint fingerprint : embedders.findUsed()) {
            repair(fingerprint, driftDetector.detectConfirmed(fingerprint));
            completeness.markComplete(fingerprint);
        }
    }

    /** Repairs the given drift only. Documents may be committed and deleted meanwhile. */
    void repair(EmbedderFingerprint fingerprint, Drift drift) {
        if (drift.isEmpty()) {
            return;
        }
        log.warn(
                "The index has {} stray versions and lacks {} documents; it is repaired from the database",
                drift.stray().size(),
                drift.missing().size());
        if (drift.missing().isEmpty()) {
            apply(fingerprint, drift, lacking -> {}, added -> {});
            raiseGenerations(fingerprint);
            return;
        }
        int passages = rebuild(fingerprint, drift);
        log.info("The index is complete; {} passages were added", passages);
    }

    /** Searches of the active index are refused until it has every passage and nothing cached is older. */
    private int rebuild(EmbedderFingerprint fingerprint, Drift drift) {
        completeness.beginRepair(fingerprint);
        try {
            int passages =
                    apply(fingerprint, drift, this::markIncomplete, added -> completeness.recordProgress(fingerprint));
            raiseGenerations(fingerprint);
            completeness.markComplete(fingerprint);
            return passages;
        } finally {
            completeness.endRepair(fingerprint);
        }
    }

    /** Repairs the index of an embedder that is not active. A document without all of its embeddings is left out until the next call. */
    void fill(EmbedderFingerprint fingerprint) {
        apply(fingerprint, driftDetector.compare(fingerprint), lacking -> {}, added -> {});
    }

    /**
     * Repairs the given drift.
     *
     * @param lacking called with versions that lack an embedding and cannot be added
     * @param progress called from time to time with the number of added passages
     * @return number of added passages
     */
    int apply(EmbedderFingerprint fingerprint, Drift drift, Consumer<DocumentVersion> lacking, IntConsumer progress) {
        PassageIndex index = indexes.open(fingerprint);
        index.delete(drift.stray().stream()
                .filter(driftDetector::isOrphaned)
                .map(IndexRefiller::selection)
                .toList());
        // A version with too many passages is deleted first and then added again.
        index.delete(drift.missing().stream()
                .filter(missing -> missing.indexed() > missing.expected())
                .map(missing -> selection(missing.version()))
                .toList());
        List<IndexablePassage> some = new ArrayList<>();
        int passages = 0;
        for (IncompleteVersion missing : drift.missing()) {
            for (IndexablePassage stored : findPassages(missing.version())) {
                some.add(stored);
                if (some.size() == PASSAGES_IN_MEMORY) {
                    passages += add(index, some, lacking);
                    some.clear();
                    progress.accept(passages);
                }
            }
        }
        return passages + add(index, some, lacking);
    }

    /** Makes cached results of the incomplete index obsolete. */
    private void raiseGenerations(EmbedderFingerprint fingerprint) {
        jdbc.sql("SELECT id FROM collection WHERE embedder = ?")
                .param(fingerprint.id())
                .query(String.class)
                .list()
                .forEach(collection -> jdbc.sql("UPDATE collection SET generation = generation + 1 WHERE id = ?")
                        .param(collection)
                        .update());
    }

    private int add(PassageIndex index, List<IndexablePassage> some, Consumer<DocumentVersion> lacking) {
        Map<String, float[]> vectors = embeddings.load(
                index.fingerprint(),
                some.stream().map(IndexablePassage::embedding).toList());
        List<IndexedPassage> whole = new ArrayList<>(some.size());
        Set<DocumentVersion> version = new HashSet<>();
        Set<DocumentVersion> lost = new HashSet<>();
        for (IndexablePassage stored : some) {
            float[] vector = vectors.get(stored.embedding());
            if (vector == null) {
                lost.add(stored.version());
            } else {
                whole.add(stored.toIndexed(vector));
                version.add(stored.version());
            }
        }
        index.add(whole);
        deleteObsolete(index, version);
        lost.forEach(lacking);
        return whole.size();
    }

    /** Deletes versions that were deleted or replaced while they were being added. */
    private void deleteObsolete(PassageIndex index, Set<DocumentVersion> added) {
        List<PassageSelection> gone = added.stream()
                .filter(version -> !driftDetector.isPresent(version))
                .map(IndexRefiller::selection)
                .toList();
        index.delete(gone);
    }

    /** Marks a document as failed, so that the next scan of its folder reads it again. An uploaded one has to be ingested by a user. */
    private void markIncomplete(DocumentVersion lost) {
        int marked = jdbc.sql("UPDATE document SET attempted_hash = NULL, status = ?, reason_code = 'index_incomplete',"
                        + " reason = ? WHERE id = ? AND version = ?")
                .params(
                        DocumentStatus.FAILED.text(),
                        "The document is missing in the index and its embeddings are lost. Ingest it again.",
                        lost.document().value(),
                        lost.version())
                .update();
        if (marked == 1) {
            log.warn("Document {} lacks embeddings and has to be ingested again", lost.document());
        }
    }

    private static PassageSelection selection(DocumentVersion version) {
        return new PassageSelection.OfVersion(version.document(), version.version());
    }

    private List<IndexablePassage> findPassages(DocumentVersion version) {
        return jdbc.sql(
                        "SELECT p.id, d.collection, p.language, d.title, p.headings, p.table_header, p.body, p.embedding FROM passage p"
                                + " JOIN document d ON d.id = p.document WHERE p.document = ? AND p.version = ? ORDER BY p.ordinal")
                .params(version.document().value(), version.version())
                .query((row, number) -> IndexablePassage.read(version, row))
                .list();
    }

    private record IndexablePassage(
            DocumentVersion version,
            String id,
            String collection,
            String language,
            String title,
            String headings,
            @Nullable String tableHeader,
            String text,
            String embedding) {
        static IndexablePassage read(DocumentVersion version, ResultSet row) throws SQLException {
            return new IndexablePassage(
                    version,
                    row.getString("id"),
                    row.getString("collection"),
                    row.getString("language"),
                    row.getString("title"),
                    row.getString("headings"),
                    row.getString("table_header"),
                    row.getString("body"),
                    row.getString("embedding"));
        }

        IndexedPassage toIndexed(float[] vector) {
            return new IndexedPassage(
                    new PassageId(id),
                    new CollectionId(collection),
                    version.document(),
                    version.version(),
                    language,
                    title,
                    TableContext.linesAbove(LineCodec.decodeTexts(headings), tableHeader, text),
                    text,
                    vector);
        }
    }
}
