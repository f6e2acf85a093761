package dev.lectern.library.consistency;

import dev.lectern.audit.AuditAction;
import dev.lectern.audit.AuditEntry;
import dev.lectern.audit.AuditLog;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.consistency.IndexDriftDetector.Drift;
import dev.lectern.library.embedders.EmbedderRepository;
import dev.lectern.library.jdbc.CollectionGenerationRepository;
import dev.lectern.library.update.OriginalOutbox;
import dev.lectern.library.update.OutboxProcessor;
import dev.lectern.shared.Caller;
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

/**
 * Compares database, indexes and originals, and repairs their drift. Documents may be committed and deleted meanwhile: every difference is checked twice
 * before it counts as drift. A node runs one comparison at a time.
 */
@Component
public class Reconciler {
    private static final String OPERATORS_ONLY =
            "Only operators may compare and repair the library. Run lectern reconcile on the server.";

    private final JdbcClient jdbc;
    private final IndexDriftDetector indexDrift;
    private final IndexRefiller refiller;
    private final CollectionGenerationRepository generations;
    private final OriginalsDriftDetector originalsDrift;
    private final OriginalStore originals;
    private final EmbedderRepository embedders;
    private final OriginalOutbox originalOutbox;
    private final OutboxProcessor outboxes;
    private final AuditLog auditLog;
    private final ReentrantLock running = new ReentrantLock();

    Reconciler(
            JdbcClient jdbc,
            IndexDriftDetector indexDrift,
            IndexRefiller refiller,
            CollectionGenerationRepository generations,
            OriginalsDriftDetector originalsDrift,
            OriginalStore originals,
            EmbedderRepository embedders,
            OriginalOutbox originalOutbox,
            OutboxProcessor outboxes,
            AuditLog auditLog) {
        this.jdbc = jdbc;
        this.indexDrift = indexDrift;
        this.refiller = refiller;
        this.generations = generations;
        this.originalsDrift = originalsDrift;
        this.originals = originals;
        this.embedders = embedders;
        this.originalOutbox = originalOutbox;
        this.outboxes = outboxes;
        this.auditLog = auditLog;
    }

    /**
     * The result of a repair.
     *
     * @param found drift before the repair
     * @param left drift after the repair
     */
    public record Repair(Report found, Report left) {}

    /**
     * The drift of the library; without any, all lists are empty.
     *
     * @param missingInIndex present versions that are not or not completely in the index
     * @param strayInIndex versions in the index that are not present and that no pending change explains
     * @param missingOriginals hashes of documents whose bytes are not stored
     * @param strayOriginals hashes of stored bytes without a document that no pending change explains
     * @param unfinished outbox entries, which are carried out without a repair and are no drift
     */
    public record Report(
            List<String> missingInIndex,
            List<String> strayInIndex,
            List<String> missingOriginals,
            List<String> strayOriginals,
            List<String> unfinished) {

        /** No drift. */
        public boolean isWhole() {
            return missingInIndex.isEmpty()
                    && strayInIndex.isEmpty()
                    && missingOriginals.isEmpty()
                    && strayOriginals.isEmpty();
        }

        /** No drift and no outbox entries. */
        public boolean agrees() {
            return isWhole() && unfinished.isEmpty();
        }
    }

    private record Comparison(
            Map<EmbedderFingerprint, Drift> index, OriginalsDriftDetector.Drift originals, Report report) {}

    /**
     * Compares without changing anything.
     *
     * @throws LecternException FORBIDDEN unless the caller is the operator; OVERLOADED while another comparison runs
     */
    public Report compare(Caller caller) {
        caller.requireAdministrator(OPERATORS_ONLY);
        return runAlone(() -> findDifferences().report());
    }

    /**
     * Repairs the drift: adds missing versions to the index from stored passages and embeddings, deletes stray ones, and raises the generations of the
     * collections, so that nothing cached outlives it. Deletes stray originals, unless other libraries may share the store. The next scan of a folder stores
     * missing originals again.
     *
     * @throws LecternException FORBIDDEN unless the caller is the operator; OVERLOADED while another comparison runs
     */
    public Repair repair(Caller caller) {
        caller.requireAdministrator(OPERATORS_ONLY);
        return runAlone(() -> {
            Comparison found = findDifferences();
            auditLog.record(AuditEntry.of(AuditAction.LIBRARY_REPAIRED, caller, null)
                    .with("missingInIndex", found.report().missingInIndex().size())
                    .with("strayInIndex", found.report().strayInIndex().size())
                    .with("missingOriginals", found.report().missingOriginals().size())
                    .with("strayOriginals", found.report().strayOriginals().size()));
            outboxes.executeAll();
            found.index().forEach(refiller::repair);
            found.originals().missing().forEach(this::requestOriginal);
            if (!originals.isShared()) {
                found.originals().stray().forEach(originalOutbox::deleteUnreferenced);
            }
            return new Repair(found.report(), findDifferences().report());
        });
    }

    private <T> T runAlone(Supplier<T> work) {
        if (!running.tryLock()) {
            throw new LecternException(
                    ErrorCode.OVERLOADED, "Another comparison of the library is running. Try again when it is done.");
        }
        try {
            return work.get();
        } finally {
            running.unlock();
        }
    }

    private Comparison findDifferences() {
        Map<EmbedderFingerprint, Drift> index = new LinkedHashMap<>();
        embedders.findIndexed().forEach(fingerprint -> index.put(fingerprint, detectIndexDrift(fingerprint)));
        OriginalsDriftDetector.Drift bytes = originalsDrift.detectConfirmed();
        return new Comparison(
                index,
                bytes,
                new Report(
                        texts(index, Drift::missing),
                        texts(index, Drift::stray),
                        bytes.missing(),
                        bytes.stray(),
                        findUnfinished()));
    }

    /** The switch to another embedder fills its index, so missing versions are no drift there. */
    private Drift detectIndexDrift(EmbedderFingerprint fingerprint) {
        Drift drift = indexDrift.detectConfirmed(fingerprint);
        return fingerprint.id().equals(generations.read().embedder()) ? drift : drift.strayOnly();
    }

    private static List<String> texts(Map<EmbedderFingerprint, Drift> index, Function<Drift, List<?>> part) {
        return index.values().stream()
                .flatMap(drift -> part.apply(drift).stream())
                .map(Object::toString)
                .toList();
    }

    private List<String> findUnfinished() {
        return jdbc.sql("SELECT kind || ' ' || target FROM index_outbox UNION ALL SELECT hash FROM original_outbox")
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** Sets an impossible size for the locations of an original, so that the next scan stores their bytes again and leaves the document unchanged. */
    private void requestOriginal(String hash) {
        jdbc.sql("UPDATE location SET bytes = -1 WHERE hash = ? AND document IN"
                        + " (SELECT id FROM document WHERE hash = ? OR present_hash = ?)")
                .params(hash, hash, hash)
                .update();
    }
}
