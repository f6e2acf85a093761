package dev.lectern.library.jdbc;

import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageIndexRegistry;
import dev.lectern.library.IndexCopy;
import dev.lectern.library.LibraryIndexes;
import dev.lectern.library.jdbc.IndexDrift.Drift;
import dev.lectern.library.jdbc.IndexDrift.Missing;
import dev.lectern.library.jdbc.IndexDrift.Shown;
import dev.lectern.shared.EmbedderFingerprint;
import java.sql.Connection;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Compares, adds what is missing, and looks again, as long as somebody changes the library. */
public final class JdbcIndexCopy implements IndexCopy {
    private static final int ROUNDS = 10;

    private final JdbcClient jdbc;
    private final PassageIndexRegistry target;
    private final IndexDrift drifts;
    private final IndexRefill refill;
    private final IndexCopyCheck check;

    public JdbcIndexCopy(Connection library, PassageIndexRegistry target, InstantSource clock) {
        SingleConnectionDataSource one = new SingleConnectionDataSource(library, true);
        this.jdbc = JdbcClient.create(one);
        this.target = target;
        LibraryIndexes indexes = LibraryConfiguration.in(target);
        this.drifts = new IndexDrift(jdbc, indexes);
        JdbcEmbeddings embeddings = new JdbcEmbeddings(
                jdbc, new JdbcTemplate(one), new TransactionTemplate(new JdbcTransactionManager(one)));
        this.refill = new IndexRefill(jdbc, indexes, drifts, embeddings);
        this.check = new IndexCopyCheck(jdbc, embeddings, clock);
    }

    @Override
    public Report run(Progress progress) {
        List<Count> counts = new ArrayList<>();
        Set<Shown> lost = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
        long added = 0;
        int found = 0;
        int changing = 0;
        for (EmbedderFingerprint fingerprint : inUse()) {
            PassageIndex index = target.open(fingerprint);
            Drift drift = drifts.of(fingerprint);
            for (int round = 0; round < ROUNDS && !settled(drift, lost); round++) {
                added += refill.agree(fingerprint, drift, lost::add, shownBy(progress, drift));
                drift = drifts.of(fingerprint);
            }
            changing += differing(drift, lost);
            counts.addAll(check.counts(index, lost, changing > 0));
            found += check.find(index);
        }
        return new Report(
                counts, added, found, lost.stream().map(Shown::toString).toList(), changing);
    }

    private List<EmbedderFingerprint> inUse() {
        return jdbc.sql("SELECT e.* FROM embedder e WHERE e.id IN (SELECT embedder FROM collection)")
                .query(Sql::embedder)
                .list();
    }

    private static IntConsumer shownBy(Progress progress, Drift drift) {
        long all = drift.missing().stream().mapToLong(Missing::wanted).sum();
        return added -> progress.added(added, all);
    }

    private static boolean settled(Drift drift, Set<Shown> lost) {
        return differing(drift, lost) == 0;
    }

    private static int differing(Drift drift, Set<Shown> lost) {
        long missing = drift.missing().stream()
                .filter(one -> !lost.contains(one.shown()))
                .count();
        return Math.toIntExact(missing + drift.stray().size());
    }
}
