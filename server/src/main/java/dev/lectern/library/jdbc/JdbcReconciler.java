package dev.lectern.library.jdbc;

import dev.lectern.library.Arrival;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.Reconciler;
import dev.lectern.shared.EmbedderFingerprint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcReconciler implements Reconciler {
    private final JdbcClient jdbc;
    private final IndexDrift drifts;
    private final OriginalStore originals;

    JdbcReconciler(JdbcClient jdbc, IndexDrift drifts, OriginalStore originals) {
        this.jdbc = jdbc;
        this.drifts = drifts;
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
        Set<String> kept = new HashSet<>();
        originals.forEach(hash -> {
            kept.add(hash);
            if (!wanted.contains(hash)) {
                strayOriginals.add(hash);
            }
        });
        return new Report(
                missing,
                stray,
                wanted.stream()
                        .filter(hash -> !hash.startsWith(Arrival.UNREADABLE) && !kept.contains(hash))
                        .toList(),
                strayOriginals,
                jdbc.sql("SELECT kind || ' ' || target FROM index_outbox UNION ALL SELECT hash FROM original_outbox")
                        .query((row, number) -> row.getString(1))
                        .list());
    }

    private void compareIndex(String embedder, List<String> missing, List<String> stray) {
        EmbedderFingerprint fingerprint = Sql.embedder(jdbc, embedder);
        if (fingerprint != null) {
            IndexDrift.Drift drift = drifts.of(fingerprint);
            drift.missing().forEach(one -> missing.add(one.toString()));
            drift.stray().forEach(one -> stray.add(one.toString()));
        }
    }
}
