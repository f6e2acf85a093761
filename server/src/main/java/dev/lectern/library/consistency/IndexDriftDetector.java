package dev.lectern.library.consistency;

import dev.lectern.library.EmbedderIndexRegistry;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Compares the present versions in the database with the index of an embedder, which need not be the active one. */
@Component
class IndexDriftDetector {
    private final JdbcClient jdbc;
    private final EmbedderIndexRegistry indexes;

    IndexDriftDetector(JdbcClient jdbc, EmbedderIndexRegistry indexes) {
        this.jdbc = jdbc;
        this.indexes = indexes;
    }

    /** A version of a document. */
    record DocumentVersion(DocumentId document, int version) {
        @Override
        public String toString() {
            return document + "." + version;
        }
    }

    /**
     * A present version that is not completely in the index.
     *
     * @param indexed number of its passages in the index
     * @param expected number of its passages in the database
     */
    record IncompleteVersion(DocumentVersion version, int indexed, int expected) {
        @Override
        public String toString() {
            return indexed == 0 ? version.toString() : version + " has " + indexed + " of " + expected + " passages";
        }
    }

    /**
     * The differences between database and index.
     *
     * @param missing present versions that are not or not completely in the index
     * @param stray versions in the index that are not the present ones
     */
    record Drift(List<IncompleteVersion> missing, List<DocumentVersion> stray) {
        boolean isEmpty() {
            return missing.isEmpty() && stray.isEmpty();
        }

        /** The drift of the index of an embedder that is not active: missing versions are no drift there. */
        Drift strayOnly() {
            return new Drift(List.of(), stray);
        }

        Drift intersect(Drift other) {
            return new Drift(
                    missing.stream()
                            .filter(new HashSet<>(other.missing)::contains)
                            .toList(),
                    stray.stream().filter(new HashSet<>(other.stray)::contains).toList());
        }
    }

    /** The differences that two comparisons found and that no pending change explains. Documents may be committed and deleted meanwhile. */
    Drift detectConfirmed(EmbedderFingerprint fingerprint) {
        Drift first = detectStable(fingerprint);
        return first.isEmpty() ? first : detectStable(fingerprint).intersect(first);
    }

    private Drift detectStable(EmbedderFingerprint fingerprint) {
        Drift drift = compare(fingerprint);
        return new Drift(
                drift.missing().stream()
                        .filter(missing -> isPresent(missing.version()))
                        .toList(),
                drift.stray().stream().filter(this::isOrphaned).toList());
    }

    /**
     * Whether a version in the index is not present and no outbox entry announces or deletes it. The outbox is checked first, since the transaction that makes
     * a version present removes its entry.
     */
    boolean isOrphaned(DocumentVersion stray) {
        return jdbc.sql("SELECT COUNT(*) FROM index_outbox WHERE kind = 'collection' OR (target = ?"
                                        + " AND (kind = 'document' OR (kind = 'versions_before' AND version > ?)"
                                        + " OR (kind = 'version' AND version = ?)))")
                                .params(stray.document().value(), stray.version(), stray.version())
                                .query(Long.class)
                                .single()
                        == 0
                && !isPresent(stray);
    }

    boolean isPresent(DocumentVersion version) {
        return jdbc.sql("SELECT COUNT(*) FROM document WHERE id = ? AND version = ?")
                        .params(version.document().value(), version.version())
                        .query(Long.class)
                        .single()
                > 0;
    }

    Drift compare(EmbedderFingerprint fingerprint) {
        Map<DocumentVersion, Integer> database = new HashMap<>();
        jdbc.sql("SELECT d.id, d.version, COUNT(*) AS passages FROM document d"
                        + " JOIN passage p ON p.document = d.id GROUP BY d.id, d.version")
                .query(row -> {
                    database.put(
                            new DocumentVersion(new DocumentId(row.getString("id")), row.getInt("version")),
                            row.getInt("passages"));
                });
        List<IncompleteVersion> missing = new ArrayList<>();
        List<DocumentVersion> stray = new ArrayList<>();
        indexes.open(fingerprint).forEachDocument(indexed -> {
            DocumentVersion version = new DocumentVersion(indexed.document(), indexed.version());
            Integer passages = database.remove(version);
            if (passages == null) {
                stray.add(version);
            } else if (passages != indexed.passages()) {
                missing.add(new IncompleteVersion(version, indexed.passages(), passages));
            }
        });
        database.forEach((version, passages) -> missing.add(new IncompleteVersion(version, 0, passages)));
        return new Drift(missing, stray);
    }
}
