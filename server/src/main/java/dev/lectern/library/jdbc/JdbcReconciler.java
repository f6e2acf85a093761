package dev.lectern.library.jdbc;

import dev.lectern.library.Arrival;
import dev.lectern.library.LibraryIndexes;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.Reconciler;
import dev.lectern.shared.EmbedderFingerprint;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcReconciler implements Reconciler {
    private final JdbcClient jdbc;
    private final LibraryIndexes indexes;
    private final OriginalStore originals;

    JdbcReconciler(JdbcClient jdbc, LibraryIndexes indexes, OriginalStore originals) {
        this.jdbc = jdbc;
        this.indexes = indexes;
        this.originals = originals;
    }

    @Override
    public Report compare() {
        List<String> missing = new ArrayList<>();
        List<String> stray = new ArrayList<>();
        jdbc.sql("SELECT id FROM embedder")
                .query(String.class)
                .list()
                .forEach(embedder -> compareIndex(embedder, missing, stray));
        Set<String> wanted = new HashSet<>(jdbc.sql(
                        "SELECT hash FROM document UNION SELECT present_hash FROM document WHERE present_hash IS NOT NULL")
                .query(String.class)
                .list());
        List<String> strayOriginals = new ArrayList<>();
        originals.forEach(hash -> {
            if (!wanted.contains(hash)) {
                strayOriginals.add(hash);
            }
        });
        return new Report(
                missing,
                stray,
                wanted.stream()
                        .filter(hash ->
                                !hash.startsWith(Arrival.UNREADABLE) && !Files.isRegularFile(originals.file(hash)))
                        .toList(),
                strayOriginals,
                jdbc.sql("SELECT kind || ' ' || target FROM index_outbox UNION ALL SELECT hash FROM original_outbox")
                        .query((row, number) -> row.getString(1))
                        .list());
    }

    private void compareIndex(String embedder, List<String> missing, List<String> stray) {
        Map<String, Integer> ledger = new HashMap<>();
        jdbc.sql("SELECT d.id || '.' || d.version AS shown, COUNT(*) AS passages FROM document d"
                        + " JOIN passage p ON p.document = d.id JOIN collection c ON c.id = d.collection"
                        + " WHERE c.embedder = ? GROUP BY d.id, d.version")
                .param(embedder)
                .query(row -> {
                    ledger.put(row.getString("shown"), row.getInt("passages"));
                });
        EmbedderFingerprint fingerprint = Sql.embedder(jdbc, embedder);
        if (fingerprint == null) {
            return;
        }
        indexes.open(fingerprint).forEachDocument(indexed -> {
            String shown = indexed.document() + "." + indexed.version();
            Integer passages = ledger.remove(shown);
            if (passages == null) {
                stray.add(shown);
            } else if (passages != indexed.passages()) {
                missing.add(shown + " has " + indexed.passages() + " of " + passages + " passages");
            }
        });
        missing.addAll(ledger.keySet());
    }
}
