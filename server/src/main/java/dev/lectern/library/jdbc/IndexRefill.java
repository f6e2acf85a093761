package dev.lectern.library.jdbc;

import dev.lectern.index.IndexedPassage;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageSelection;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.LibraryIndexes;
import dev.lectern.library.jdbc.IndexDrift.Drift;
import dev.lectern.library.jdbc.IndexDrift.Missing;
import dev.lectern.library.jdbc.IndexDrift.Shown;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.PassageId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes an index agree with the ledger again after its folder was lost, damaged or brought back from an older copy: what it lacks is added from the
 * stored passages and embeddings, so nothing is read or embedded again; what nobody is shown goes.
 */
@Component
class IndexRefill {
    private static final Logger log = LoggerFactory.getLogger(IndexRefill.class);
    /** Passages whose embeddings are in memory at a time. */
    private static final int PASSAGES = 1_000;

    private final JdbcClient jdbc;
    private final LibraryIndexes indexes;
    private final IndexDrift drifts;
    private final JdbcEmbeddings embeddings;

    IndexRefill(JdbcClient jdbc, LibraryIndexes indexes, IndexDrift drifts, JdbcEmbeddings embeddings) {
        this.jdbc = jdbc;
        this.indexes = indexes;
        this.drifts = drifts;
        this.embeddings = embeddings;
    }

    /** For the start, before this node ingests anything; others may be at work, and what they are about to show or to delete is no drift. */
    void run() {
        jdbc.sql("SELECT e.* FROM embedder e WHERE e.id IN (SELECT embedder FROM collection)")
                .query(Sql::embedder)
                .list()
                .forEach(fingerprint -> repair(fingerprint, drifts.lasting(fingerprint)));
    }

    /** Documents may come and go meanwhile. What is not in {@code drift} is not touched. */
    void repair(EmbedderFingerprint fingerprint, Drift drift) {
        if (drift.isEmpty()) {
            return;
        }
        log.warn(
                "The index had {} versions that nobody is shown, and lacks {} documents; it is filled again from the library",
                drift.stray().size(),
                drift.missing().size());
        int passages = agree(fingerprint, drift, this::readAgain, added -> {});
        raiseGenerations(fingerprint);
        log.info("The index is complete again; {} passages were added", passages);
    }

    /** The same for an index that nobody searches: a document without all of its embeddings is left for the next time. */
    void fill(EmbedderFingerprint fingerprint) {
        agree(fingerprint, drifts.of(fingerprint), lacking -> {}, added -> {});
    }

    /**
     * @param lacking is shown what cannot be added as it has no embedding
     * @param progress is told now and then how many passages were added
     * @return how many passages were added
     */
    int agree(EmbedderFingerprint fingerprint, Drift drift, Consumer<Shown> lacking, IntConsumer progress) {
        PassageIndex index = indexes.open(fingerprint);
        index.delete(drift.stray().stream()
                .filter(drifts::isNobodys)
                .map(IndexRefill::selection)
                .toList());
        // One that has passages of its own version too many is added afresh.
        index.delete(drift.missing().stream()
                .filter(missing -> missing.indexed() > missing.wanted())
                .map(missing -> selection(missing.shown()))
                .toList());
        List<Stored> some = new ArrayList<>();
        int passages = 0;
        for (Missing missing : drift.missing()) {
            for (Stored stored : stored(missing.shown())) {
                some.add(stored);
                if (some.size() == PASSAGES) {
                    passages += add(index, some, lacking);
                    some.clear();
                    progress.accept(passages);
                }
            }
        }
        return passages + add(index, some, lacking);
    }

    /** What was found and kept meanwhile came from an index that lacked something. */
    private void raiseGenerations(EmbedderFingerprint fingerprint) {
        jdbc.sql("SELECT id FROM collection WHERE embedder = ?")
                .param(fingerprint.id())
                .query(String.class)
                .list()
                .forEach(collection -> jdbc.sql("UPDATE collection SET generation = generation + 1 WHERE id = ?")
                        .param(collection)
                        .update());
    }

    private int add(PassageIndex index, List<Stored> some, Consumer<Shown> lacking) {
        Map<String, float[]> vectors = embeddings.load(
                index.fingerprint(), some.stream().map(Stored::embedding).toList());
        List<IndexedPassage> whole = new ArrayList<>(some.size());
        Set<Shown> shown = new HashSet<>();
        Set<Shown> lost = new HashSet<>();
        for (Stored stored : some) {
            float[] vector = vectors.get(stored.embedding());
            if (vector == null) {
                lost.add(stored.shown());
            } else {
                whole.add(stored.indexed(vector));
                shown.add(stored.shown());
            }
        }
        index.add(whole);
        deleteWhatHasGone(index, shown);
        lost.forEach(lacking);
        return whole.size();
    }

    /** Who deleted a document while it was being added could not delete it from the index. */
    private void deleteWhatHasGone(PassageIndex index, Set<Shown> added) {
        List<PassageSelection> gone = added.stream()
                .filter(shown -> !drifts.isShown(shown))
                .map(IndexRefill::selection)
                .toList();
        index.delete(gone);
    }

    /** The next scan of its folder takes it up; an uploaded one waits for its reader. One that was replaced meanwhile needs nothing. */
    private void readAgain(Shown lost) {
        int marked = jdbc.sql("UPDATE document SET attempted_hash = NULL, status = ?, reason_code = 'index_incomplete',"
                        + " reason = ? WHERE id = ? AND version = ?")
                .params(
                        DocumentStatus.FAILED.text(),
                        "It is missing in the index and has to be read again. Ingest it again.",
                        lost.document().value(),
                        lost.version())
                .update();
        if (marked == 1) {
            log.warn("The embeddings of document {} are not complete; it has to be ingested again", lost.document());
        }
    }

    private static PassageSelection selection(Shown shown) {
        return new PassageSelection.OfVersion(shown.document(), shown.version());
    }

    private List<Stored> stored(Shown shown) {
        return jdbc.sql(
                        "SELECT p.id, d.collection, p.language, d.title, p.headings, p.body, p.embedding FROM passage p"
                                + " JOIN document d ON d.id = p.document WHERE p.document = ? AND p.version = ? ORDER BY p.ordinal")
                .params(shown.document().value(), shown.version())
                .query((row, number) -> Stored.read(shown, row))
                .list();
    }

    private record Stored(
            Shown shown,
            String id,
            String collection,
            String language,
            String title,
            String headings,
            String text,
            String embedding) {
        static Stored read(Shown shown, ResultSet row) throws SQLException {
            return new Stored(
                    shown,
                    row.getString("id"),
                    row.getString("collection"),
                    row.getString("language"),
                    row.getString("title"),
                    row.getString("headings"),
                    row.getString("body"),
                    row.getString("embedding"));
        }

        IndexedPassage indexed(float[] vector) {
            return new IndexedPassage(
                    new PassageId(id),
                    new CollectionId(collection),
                    shown.document(),
                    shown.version(),
                    language,
                    title,
                    Lines.texts(headings),
                    text,
                    vector);
        }
    }
}
