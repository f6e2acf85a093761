package dev.lectern.audit;

import dev.lectern.audit.AuditRepository.Head;
import dev.lectern.http.RequestId;
import dev.lectern.observability.spi.LogContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Appends entries to the chain. Those of a transaction are written immediately before it commits. So the end of the chain, which all nodes append to, is the last
 * thing that a transaction locks, and only for a moment: two transactions cannot wait for each other because of it.
 */
@Component
class ChainedAuditLog implements AuditLog {
    private final AuditRepository repository;
    private final TransactionTemplate transactions;
    private final CallerNames names;
    private final InstantSource clock;
    private final RepeatedEntries repeated;

    ChainedAuditLog(
            AuditRepository repository,
            TransactionTemplate transactions,
            CallerNames names,
            InstantSource clock,
            RepeatedEntries repeated) {
        this.repository = repository;
        this.transactions = transactions;
        this.names = names;
        this.clock = clock;
        this.repeated = repeated;
    }

    /**
     * An entry with where it came from.
     *
     * @param address null without a request
     * @param requestId null without a request
     */
    record Located(
            AuditEntry entry,
            @Nullable String address,
            @Nullable String requestId) {
        static Located here(AuditEntry entry) {
            String request = RequestId.current();
            return new Located(
                    entry,
                    LogContext.find(LogContext.Field.CLIENT).orElse(null),
                    request.equals(RequestId.NONE) ? null : request);
        }
    }

    @Override
    public void record(AuditEntry entry) {
        Located located = Located.here(entry);
        if (TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.isSynchronizationActive()) {
            pending().entries.add(located);
        } else {
            append(List.of(located));
        }
    }

    @Override
    public void recordRepeated(AuditEntry entry) {
        repeated.add(Located.here(entry), this::append);
    }

    private Pending pending() {
        for (TransactionSynchronization known : TransactionSynchronizationManager.getSynchronizations()) {
            if (known instanceof Pending pending && pending.isOf(this)) {
                return pending;
            }
        }
        Pending pending = new Pending();
        TransactionSynchronizationManager.registerSynchronization(pending);
        return pending;
    }

    /** Writes entries in the present transaction, or in one of their own. */
    private void append(List<Located> entries) {
        transactions.executeWithoutResult(status -> {
            Head head = repository.lockHead();
            long sequence = head.sequence();
            String hash = head.hash();
            AuditRecord last = null;
            for (Located located : entries) {
                last = toRecord(located, ++sequence, hash, clock.instant());
                repository.insert(last);
                hash = last.hash();
            }
            if (last != null) {
                repository.moveHead(last);
            }
        });
    }

    private AuditRecord toRecord(Located located, long sequence, String previousHash, Instant now) {
        AuditEntry entry = located.entry();
        AuditSubject subject = entry.subject();
        return new AuditRecord(
                        sequence,
                        Instant.ofEpochMilli(now.toEpochMilli()),
                        entry.caller() == null ? null : entry.caller().text(),
                        entry.caller() == null ? null : AuditTexts.clean(names.nameOf(entry.caller())),
                        located.address(),
                        located.requestId(),
                        entry.action().text(),
                        subject == null ? null : subject.kind(),
                        subject == null ? null : subject.id(),
                        entry.outcome().text(),
                        entry.details(),
                        previousHash,
                        "")
                .hashed();
    }

    /** The entries of one transaction. */
    private final class Pending implements TransactionSynchronization {
        private final List<Located> entries = new ArrayList<>();

        boolean isOf(ChainedAuditLog log) {
            return ChainedAuditLog.this.equals(log);
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            append(entries);
        }
    }
}
