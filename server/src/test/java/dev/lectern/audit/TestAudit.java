package dev.lectern.audit;

import dev.lectern.shared.Caller;
import dev.lectern.storage.Dialect;
import dev.lectern.storage.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The real audit log on a database of a test. */
public final class TestAudit implements AutoCloseable {
    final AuditRepository repository;
    final RepeatedEntries repeated;
    final ChainedAuditLog log;
    final AuditVerifier verifier;
    final AuditTrimmer trimmer;
    final AuditTrail trail;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    private TestAudit(JdbcClient jdbc, Dialect dialect, TransactionTemplate transactions, InstantSource clock) {
        repository = new AuditRepository(jdbc, dialect);
        repeated = new RepeatedEntries(executor, clock);
        log = new ChainedAuditLog(repository, transactions, caller -> "name of " + caller.id(), clock, repeated);
        verifier = new AuditVerifier(repository);
        trimmer = new AuditTrimmer(repository, log, transactions, clock, new AuditProperties(Duration.ofDays(400)));
        trail = new AuditTrail(repository, verifier);
    }

    public static TestAudit open(TestDatabase database) {
        return open(database, InstantSource.system());
    }

    static TestAudit open(TestDatabase database, InstantSource clock) {
        return new TestAudit(database.jdbc(), database.dialect(), database.transactions(), clock);
    }

    /** Carries out every statement of the audit log once. */
    public static void runStatements(TestDatabase database) {
        try (TestAudit audit = open(database, () -> Instant.now().minus(Duration.ofDays(500)))) {
            audit.log.record(AuditEntry.of(AuditAction.SIGN_OUT, null, null));
        }
        try (TestAudit audit = open(database)) {
            audit.trimmer.trim();
            Caller operator = new Caller.Operator("operator");
            audit.trail.verify(operator, audit.repository.findHead().sequence(), AuditRecord.ORIGIN);
            AuditTrail.Query filtered =
                    new AuditTrail.Query(AuditAction.SIGN_OUT, operator.text(), Instant.EPOCH, Instant.now(), false);
            audit.trail.page(operator, filtered, "9", 10);
            audit.trail.page(operator, new AuditTrail.Query(null, null, null, null, true), null, 10);
            audit.trail.page(
                    operator, new AuditTrail.Query(AuditAction.SIGN_OUT, null, null, null, false), null, 10);
            audit.trail.page(
                    operator, new AuditTrail.Query(null, operator.text(), null, null, false), null, 10);
        }
    }

    public AuditLog log() {
        return log;
    }

    /** All entries, the oldest first. */
    public List<AuditRecord> entries() {
        return repository.findAfter(0, 10_000);
    }

    @Override
    public void close() {
        executor.close();
    }
}
