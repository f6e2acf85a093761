package dev.lectern.library.jdbc;

import dev.lectern.library.OriginalStore;
import dev.lectern.library.Reconciler;
import dev.lectern.library.jdbc.IndexDrift.Drift;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class JdbcReconciler implements Reconciler {
    private final JdbcClient jdbc;
    private final IndexDrift indexDrift;
    private final IndexRefill refill;
    private final Generations generations;
    private final OriginalsDrift originalsDrift;
    private final OriginalStore originals;
    private final Outbox outbox;
    private final ReentrantLock one = new ReentrantLock();

    JdbcReconciler(
            JdbcClient jdbc,
            IndexDrift indexDrift,
            IndexRefill refill,
            Generations generations,
            OriginalsDrift originalsDrift,
            OriginalStore originals,
            Outbox outbox) {
        this.jdbc = jdbc;
        this.indexDrift = indexDrift;
        this.refill = refill;
        this.generations = generations;
        this.originalsDrift = originalsDrift;
        this.originals = originals;
        this.outbox = outbox;
    }

    private record Look(Map<EmbedderFingerprint, Drift> index, OriginalsDrift.Drift originals, Report report) {}

    @Override
    public Report compare() {
        return alone(() -> look().report());
    }

    @Override
    public Repair repair() {
        return alone(() -> {
            Look found = look();
            outbox.finishAll();
            found.index().forEach(refill::repair);
            found.originals().missing().forEach(this::storeAgain);
            if (!originals.isShared()) {
                found.originals().stray().forEach(outbox::deleteUnreferenced);
            }
            return new Repair(found.report(), look().report());
        });
    }

    private <T> T alone(Supplier<T> work) {
        if (!one.tryLock()) {
            throw new LecternException(
                    ErrorCode.OVERLOADED, "The library is being compared already. Wait until that is done.");
        }
        try {
            return work.get();
        } finally {
            one.unlock();
        }
    }

    private Look look() {
        Map<EmbedderFingerprint, Drift> index = new LinkedHashMap<>();
        jdbc.sql("SELECT * FROM embedder WHERE dropped = 0")
                .query(Sql::embedder)
                .list()
                .forEach(fingerprint -> index.put(fingerprint, drift(fingerprint)));
        OriginalsDrift.Drift bytes = originalsDrift.lasting();
        return new Look(
                index,
                bytes,
                new Report(
                        texts(index, Drift::missing),
                        texts(index, Drift::stray),
                        bytes.missing(),
                        bytes.stray(),
                        unfinished()));
    }

    /** An index beside the one in force is filled by who switches to it. */
    private Drift drift(EmbedderFingerprint fingerprint) {
        Drift drift = indexDrift.lasting(fingerprint);
        return fingerprint.id().equals(generations.now().embedder()) ? drift : drift.strayOnly();
    }

    private static List<String> texts(Map<EmbedderFingerprint, Drift> index, Function<Drift, List<?>> part) {
        return index.values().stream()
                .flatMap(drift -> part.apply(drift).stream())
                .map(Object::toString)
                .toList();
    }

    private List<String> unfinished() {
        return jdbc.sql("SELECT kind || ' ' || target FROM index_outbox UNION ALL SELECT hash FROM original_outbox")
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** No file has this size, so that the next scan takes it for changed, stores its bytes and finds that the document is as it was. */
    private void storeAgain(String hash) {
        jdbc.sql("UPDATE location SET bytes = -1 WHERE hash = ? AND document IN"
                        + " (SELECT id FROM document WHERE hash = ? OR present_hash = ?)")
                .params(hash, hash, hash)
                .update();
    }
}
