package dev.lectern.library.jdbc;

import dev.lectern.library.LibraryIndexes;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where ledger and index of a fingerprint differ. */
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
    record Drift(List<Missing> missing, List<Shown> stray) {}

    Drift of(EmbedderFingerprint fingerprint) {
        Map<Shown, Integer> ledger = new HashMap<>();
        jdbc.sql("SELECT d.id, d.version, COUNT(*) AS passages FROM document d"
                        + " JOIN passage p ON p.document = d.id JOIN collection c ON c.id = d.collection"
                        + " WHERE c.embedder = ? GROUP BY d.id, d.version")
                .param(fingerprint.id())
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
