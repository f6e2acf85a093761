package dev.lectern.audit;

import dev.lectern.shared.Caller.SystemTask;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes the entries that are older than their retention, the oldest first, and records that. What is damaged is not deleted: it would be the proof of the damage.
 */
@Component
class AuditTrimmer {
    /** Deleted in one transaction, which keeps others from recording for as long. */
    static final int PART = 5_000;

    private static final Logger log = LoggerFactory.getLogger(AuditTrimmer.class);

    private final AuditRepository repository;
    private final AuditLog auditLog;
    private final TransactionTemplate transactions;
    private final InstantSource clock;
    private final AuditProperties properties;

    AuditTrimmer(
            AuditRepository repository,
            AuditLog auditLog,
            TransactionTemplate transactions,
            InstantSource clock,
            AuditProperties properties) {
        this.repository = repository;
        this.auditLog = auditLog;
        this.transactions = transactions;
        this.clock = clock;
        this.properties = properties;
    }

    /** Returns the number of deleted entries. */
    int trim() {
        int all = 0;
        while (true) {
            Instant before = clock.instant().minus(properties.kept());
            List<AuditRecord> oldest = repository.findAfter(repository.findHead().anchorSequence(), 1);
            if (oldest.isEmpty() || !oldest.getFirst().at().isBefore(before)) {
                return all;
            }
            Integer deleted = transactions.execute(status -> trimPart(before));
            if (deleted == null || deleted == 0) {
                return all;
            }
            all += deleted;
        }
    }

    private int trimPart(Instant before) {
        AuditRepository.Head head = repository.lockHead();
        long next = head.anchorSequence() + 1;
        String hash = head.anchorHash();
        AuditRecord last = null;
        int deleted = 0;
        for (AuditRecord entry : repository.findAfter(head.anchorSequence(), PART)) {
            if (!entry.at().isBefore(before)) {
                break;
            }
            String wrong = AuditVerifier.findDamage(entry, next, hash);
            if (wrong != null) {
                report(next, wrong);
                break;
            }
            last = entry;
            hash = entry.hash();
            next++;
            deleted++;
        }
        if (last != null) {
            delete(head, last, deleted);
        }
        return deleted;
    }

    private void delete(AuditRepository.Head head, AuditRecord last, int deleted) {
        repository.deleteUntil(head, last);
        auditLog.record(AuditEntry.of(AuditAction.AUDIT_TRIMMED, SystemTask.MAINTENANCE, null)
                .with("entries", deleted)
                .with(AuditVerifier.TRIMMED_UNTIL, last.sequence())
                .with(AuditVerifier.TRIMMED_HASH, last.hash()));
    }

    private static void report(long sequence, @Nullable String wrong) {
        log.error(
                "Entry {} of the audit log is damaged: {} Older entries are not removed until somebody has looked at it:"
                        + " lectern audit verify",
                sequence,
                wrong);
    }
}
