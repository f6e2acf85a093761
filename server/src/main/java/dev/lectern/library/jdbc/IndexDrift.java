package dev.lectern.library.jdbc;

import dev.lectern.library.LibraryIndexes;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where the ledger differs from the index of a fingerprint, whether or not that is in force. */
@Component
class IndexDrift {
    private final JdbcClient jdbc;
    private final LibraryIndexes indexes;

    IndexDrift(JdbcClient jdbc, LibraryIndexes indexes) {
        this.jdbc = jdbc;
        this.indexes = indexes;
    }

    record Shown(DocumentId document, int version) {
        @Override
        public String toString() {
            return document + "." + version;
        }
    }

    /**
     * @param indexed passages in the index, 0 or more
     * @param wanted passages in the ledger
     */
    record Missing(Shown shown, int indexed, int wanted) {
        @Override
        public String toString() {
            return indexed == 0 ? shown.toString() : shown + " has " + indexed + " of " + wanted + " passages";
        }
    }

    /**
     * @param missing versions that are shown, but not or not wholly in the index
     * @param stray versions in the index that are not shown
     */
    record Drift(List<Missing> missing, List<Shown> stray) {
        boolean isEmpty() {
            return missing.isEmpty() && stray.isEmpty();
        }

        /** For an index that is not in force: nobody misses anything in it. */
        Drift strayOnly() {
            return new Drift(List.of(), stray);
        }

        Drift alsoIn(Drift other) {
            return new Drift(
                    missing.stream()
                            .filter(new HashSet<>(other.missing)::contains)
                            .toList(),
                    stray.stream().filter(new HashSet<>(other.stray)::contains).toList());
        }
    }

    /** What was so at two looks, and was not on its way: for while documents come and go. */
    Drift lasting(EmbedderFingerprint fingerprint) {
        Drift first = settled(fingerprint);
        return first.isEmpty() ? first : settled(fingerprint).alsoIn(first);
    }

    private Drift settled(EmbedderFingerprint fingerprint) {
        Drift drift = of(fingerprint);
        return new Drift(
                drift.missing().stream()
                        .filter(missing -> isShown(missing.shown()))
                        .toList(),
                drift.stray().stream().filter(this::isNobodys).toList());
    }

    /**
     * Another node, or this one, may have begun to add it, have shown it, or be deleting it, since the library was looked at. In this order: an entry
     * is crossed out in the transaction that shows the version.
     */
    boolean isNobodys(Shown stray) {
        return jdbc.sql("SELECT COUNT(*) FROM index_outbox WHERE kind = 'collection' OR (target = ?"
                                        + " AND (kind = 'document' OR (kind = 'versions_before' AND version > ?)"
                                        + " OR (kind = 'version' AND version = ?)))")
                                .params(stray.document().value(), stray.version(), stray.version())
                                .query(Long.class)
                                .single()
                        == 0
                && !isShown(stray);
    }

    boolean isShown(Shown version) {
        return jdbc.sql("SELECT COUNT(*) FROM document WHERE id = ? AND version = ?")
                        .params(version.document().value(), version.version())
                        .query(Long.class)
                        .single()
                > 0;
    }

    Drift of(EmbedderFingerprint fingerprint) {
        Map<Shown, Integer> ledger = new HashMap<>();
        jdbc.sql("SELECT d.id, d.version, COUNT(*) AS passages FROM document d"
                        + " JOIN passage p ON p.document = d.id GROUP BY d.id, d.version")
                .query(row -> {
                    ledger.put(
                            new Shown(new DocumentId(row.getString("id")), row.getInt("version")),
                            row.getInt("passages"));
                });
        List<Missing> missing = new ArrayList<>();
        List<Shown> stray = new ArrayList<>();
        indexes.open(fingerprint).forEachDocument(indexed -> {
            Shown shown = new Shown(indexed.document(), indexed.version());
            Integer passages = ledger.remove(shown);
            if (passages == null) {
                stray.add(shown);
            } else if (passages != indexed.passages()) {
                missing.add(new Missing(shown, indexed.passages(), passages));
            }
        });
        ledger.forEach((shown, passages) -> missing.add(new Missing(shown, 0, passages)));
        return new Drift(missing, stray);
    }
}
