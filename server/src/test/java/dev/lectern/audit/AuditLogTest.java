package dev.lectern.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lectern.CapturedLog;
import dev.lectern.NeedsServer;
import dev.lectern.http.RequestId;
import dev.lectern.observability.spi.LogContext;
import dev.lectern.shared.Caller;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.springframework.transaction.support.TransactionTemplate;

/** The chain of the audit log, on both databases. */
@NeedsServer
@OnEveryDatabase
@SuppressWarnings("NullAway.Init") // Made once for each database.
class AuditLogTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Caller OPERATOR = new Caller.Operator("operator");

    @TempDir
    static Path folder;

    private static TestDatabase database;

    private final MovableClock clock = new MovableClock();
    private TestAudit audit;
    private TransactionTemplate transactions;

    /** The methods below are given what this is given. */
    AuditLogTest(DatabaseEngine engine) {}

    @BeforeParameterizedClassInvocation
    static void start(DatabaseEngine engine) throws Exception {
        database = engine.open(Files.createTempDirectory(folder, "data"));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        database.close();
    }

    private static final class MovableClock implements InstantSource {
        private volatile Instant now = Instant.parse("2026-11-27T08:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        void advance(Duration by) {
            now = now.plus(by);
        }
    }

    @BeforeEach
    void open() {
        TestAudit.clear(database);
        audit = TestAudit.open(database, clock);
        transactions = database.transactions();
    }

    @AfterEach
    void close() {
        audit.close();
    }

    private static AuditEntry deletion(String collection) {
        return AuditEntry.of(AuditAction.COLLECTION_DELETED, OPERATOR, "collection", collection)
                .with("documents", 12);
    }

    private void record(int entries) {
        for (int i = 1; i <= entries; i++) {
            audit.log.record(deletion("c" + i));
        }
    }

    @Test
    void entry_ofARequest_saysWhoWhenWhereAndWhat() {
        ScopedValue.where(RequestId.CURRENT, "request-1").run(() -> {
            try (LogContext.Scope _ =
                    LogContext.EMPTY.with(LogContext.Field.CLIENT, "192.0.2.7").open()) {
                audit.log.record(deletion("c1")
                        .with("title", "a\nb\u0000\ud800 \"quoted\"")
                        .with("left", null));
            }
        });
        // Whatever a test before this one has left on the thread.
        try (LogContext.Scope _ = LogContext.EMPTY.open()) {
            audit.log.record(
                    AuditEntry.of(AuditAction.OPERATOR_KEY_REJECTED, null, null).refused());
        }

        AuditRecord first = audit.entries().getFirst();
        assertThat(first.sequence()).isEqualTo(1);
        assertThat(first.at()).isEqualTo(clock.instant());
        assertThat(first.caller()).isEqualTo("operator:operator");
        assertThat(first.callerName()).isEqualTo("name of operator");
        assertThat(first.address()).isEqualTo("192.0.2.7");
        assertThat(first.requestId()).isEqualTo("request-1");
        assertThat(first.action()).isEqualTo("collection.deleted");
        assertThat(first.subjectKind()).isEqualTo("collection");
        assertThat(first.subjectId()).isEqualTo("c1");
        assertThat(first.outcome()).isEqualTo("done");
        assertThat(first.details())
                .containsEntry("documents", "12")
                .containsEntry("title", "a\ufffdb\ufffd\ufffd \"quoted\"")
                .doesNotContainKey("left");
        assertThat(first.previousHash()).isEqualTo(AuditRecord.ORIGIN);
        AuditRecord second = audit.entries().getLast();
        assertThat(second.caller()).isNull();
        assertThat(second.address()).isNull();
        assertThat(second.requestId()).isNull();
        assertThat(second.outcome()).isEqualTo("refused");
        assertThat(second.previousHash()).isEqualTo(first.hash());
        AuditVerification result = audit.verifier.verify();
        assertThat(result.isIntact()).as(result.toString()).isTrue();
        assertThat(result.entries()).isEqualTo(2);
        assertThat(result.first()).isEqualTo(1);
        assertThat(result.headHash()).isEqualTo(second.hash());
    }

    @Test
    void rollback_leavesNoEntry_andCommitOneForEachChange() {
        assertThatThrownBy(() -> transactions.executeWithoutResult(status -> {
                    audit.log.record(deletion("c1"));
                    throw new IllegalStateException("planted");
                }))
                .isInstanceOf(IllegalStateException.class);
        transactions.executeWithoutResult(status -> {
            audit.log.record(deletion("c2"));
            status.setRollbackOnly();
        });
        assertThat(audit.entries()).isEmpty();

        transactions.executeWithoutResult(status -> {
            audit.log.record(deletion("c3"));
            // Written at the end, so that nobody waits for the head of the chain meanwhile.
            assertThat(audit.entries()).isEmpty();
            transactions.executeWithoutResult(inner -> audit.log.record(deletion("c4")));
        });
        assertThat(audit.entries()).extracting(AuditRecord::subjectId).containsExactly("c3", "c4");
        assertThat(audit.verifier.verify().isIntact()).isTrue();
    }

    @Test
    void change_whoseEntryCannotBeWritten_isNotMade() {
        say("DELETE FROM audit_head");
        assertThatThrownBy(() -> transactions.executeWithoutResult(status -> {
                    say("INSERT INTO collection (id, name, generation) VALUES ('new', 'New', 0)");
                    audit.log.record(deletion("c1"));
                }))
                .isInstanceOf(LecternException.class)
                .hasMessageContaining("audit_head");
        assertThat(database.jdbc()
                        .sql("SELECT COUNT(*) FROM collection WHERE id = 'new'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void manyAtOnce_makeOneChain() throws Exception {
        int writers = 50;
        List<Future<?>> written = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                TestAudit other = TestAudit.open(database, clock)) {
            for (int i = 0; i < writers; i++) {
                String collection = "c" + i;
                AuditLog log = i % 2 == 0 ? audit.log : other.log;
                written.add(threads.submit(
                        () -> transactions.executeWithoutResult(status -> log.record(deletion(collection)))));
            }
            for (Future<?> one : written) {
                one.get();
            }
        }
        assertThat(audit.entries())
                .extracting(AuditRecord::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, writers).boxed().toList());
        assertThat(audit.entries()).extracting(AuditRecord::subjectId).doesNotHaveDuplicates();
        assertThat(audit.verifier.verify().isIntact()).isTrue();
    }

    @Test
    void everyChangedField_isFound() {
        record(5);
        for (String change : List.of(
                "at = at + 1",
                "caller = 'visitor:x'",
                "caller = NULL",
                "caller_name = 'somebody else'",
                "address = '192.0.2.1'",
                "request_id = 'another'",
                "action = 'document.deleted'",
                "subject_kind = 'document'",
                "subject_id = 'c9'",
                "outcome = 'refused'",
                "details = '{}'",
                "details = '{\"documents\":\"13\"}'",
                "details = 'no JSON'",
                "previous_hash = hash",
                "hash = previous_hash")) {
            AuditRecord before = audit.entries().get(2);
            say("UPDATE audit_entry SET " + change + " WHERE sequence = 3");
            assertDamaged(3, change);
            say("DELETE FROM audit_entry WHERE sequence = 3");
            audit.repository.insert(before);
            assertThat(audit.verifier.verify().isIntact()).as(change).isTrue();
        }
    }

    @Test
    void removedEntry_isFound() {
        record(5);
        say("DELETE FROM audit_entry WHERE sequence = 3");
        assertDamaged(3, "removed");
        assertThat(audit.verifier.verify().damage()).isEqualTo("It is missing.");
    }

    @Test
    void removedBegin_isFound_evenWithAMovedAnchor() {
        record(5);
        AuditRecord second = audit.entries().get(1);
        say("DELETE FROM audit_entry WHERE sequence <= 2");
        assertDamaged(1, "removed");
        say("UPDATE audit_head SET anchor_sequence = 2, anchor_hash = '" + second.hash() + "'");
        assertDamaged(2, "anchor moved");
    }

    @Test
    void swappedEntries_areFound() {
        record(5);
        say("UPDATE audit_entry SET sequence = -1 WHERE sequence = 2");
        say("UPDATE audit_entry SET sequence = 2 WHERE sequence = 4");
        say("UPDATE audit_entry SET sequence = 4 WHERE sequence = -1");
        assertDamaged(2, "swapped");
    }

    @Test
    void addedEntries_areFound() {
        record(3);
        AuditRecord last = audit.entries().getLast();
        audit.repository.insert(forged(4, last.hash()));
        assertDamaged(4, "behind the end");
        say("DELETE FROM audit_entry WHERE sequence = 4");
        audit.repository.insert(forged(0, AuditRecord.ORIGIN));
        assertDamaged(0, "before the begin");
    }

    private AuditRecord forged(long sequence, String previous) {
        return new AuditRecord(
                        sequence,
                        clock.instant(),
                        "visitor:x",
                        "x",
                        null,
                        null,
                        "document.deleted",
                        null,
                        null,
                        "done",
                        Map.of(),
                        previous,
                        "")
                .hashed();
    }

    /** Without the row of the end the cut shows by itself; with it only by what was noted elsewhere. */
    @Test
    void cutEnd_isFound_byTheHeadOrByWhatWasNoted() {
        record(5);
        AuditRecord noted = audit.entries().getLast();
        AuditRecord third = audit.entries().get(2);
        say("DELETE FROM audit_entry WHERE sequence > 3");
        assertDamaged(4, "cut");
        say("UPDATE audit_head SET sequence = 3, hash = '" + third.hash() + "'");
        assertThat(audit.verifier.verify().isIntact()).isTrue();
        AuditVerification compared = audit.trail.verify(OPERATOR, noted.sequence(), noted.hash());
        assertThat(compared.damaged()).isEqualTo(5);
        assertThat(compared.damage()).contains("cut off");
        assertThat(audit.trail.verify(OPERATOR, 3, third.hash()).isIntact()).isTrue();
        // Computed anew from the third entry on.
        record(3);
        assertThat(audit.verifier.verify().isIntact()).isTrue();
        assertThat(audit.trail.verify(OPERATOR, noted.sequence(), noted.hash()).damage())
                .contains("another hash");
    }

    @Test
    void trimming_keepsAnAnchor_andIsRecorded() {
        record(3);
        clock.advance(Duration.ofDays(300));
        record(2);
        clock.advance(Duration.ofDays(101));
        AuditRecord third = audit.entries().get(2);
        assertThat(audit.trimmer.trim()).isEqualTo(3);
        assertThat(audit.trimmer.trim()).isZero();

        AuditVerification result = audit.verifier.verify();
        assertThat(result.isIntact()).as(result.toString()).isTrue();
        assertThat(result.first()).isEqualTo(4);
        assertThat(result.anchorHash()).isEqualTo(third.hash());
        AuditRecord last = audit.entries().getLast();
        assertThat(last.action()).isEqualTo("audit.trimmed");
        assertThat(last.caller()).isEqualTo("system:maintenance");
        assertThat(last.details())
                .containsEntry("entries", "3")
                .containsEntry("until", "3")
                .containsEntry("hash", third.hash());
        // What was noted of a removed entry cannot be compared any more; the last one of them can.
        assertThat(audit.trail.verify(OPERATOR, 1, "0").isIntact()).isTrue();
        assertThat(audit.trail.verify(OPERATOR, 3, third.hash()).isIntact()).isTrue();
        assertThat(audit.trail.verify(OPERATOR, 3, "0").isIntact()).isFalse();

        clock.advance(Duration.ofDays(500));
        assertThat(audit.trimmer.trim()).isEqualTo(3);
        assertThat(audit.entries()).hasSize(1);
        assertThat(audit.verifier.verify().isIntact()).isTrue();
        record(1);
        assertThat(audit.verifier.verify().entries()).isEqualTo(2);
    }

    /** Whoever keeps the log elsewhere can compare it later. */
    @Test
    void endOfTheChain_isLogged_onceForEach() {
        record(2);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                CapturedLog logged = CapturedLog.start()) {
            AuditMaintenance maintenance =
                    new AuditMaintenance(audit.repository, audit.trimmer, audit.repeated, executor);
            maintenance.runHourly();
            maintenance.runHourly();
            String first = "INFO The audit log ends with entry 2, hash "
                    + audit.entries().getLast().hash();
            assertThat(logged.lines()).containsOnlyOnce(first);
            clock.advance(Duration.ofDays(401));
            maintenance.runHourly();
            assertThat(logged.lines())
                    .contains("INFO Removed 2 entries of the audit log after their retention")
                    .contains("INFO The audit log ends with entry 3, hash "
                            + audit.entries().getLast().hash());
            maintenance.destroy();
        }
    }

    @Test
    void damagedEntries_areNotTrimmed() {
        record(3);
        say("UPDATE audit_entry SET caller_name = 'x' WHERE sequence = 2");
        clock.advance(Duration.ofDays(401));
        assertThat(audit.trimmer.trim()).isEqualTo(1);
        assertDamaged(2, "changed");
    }

    @Test
    void repeatedEntries_areOneAMinute_withTheirNumber() {
        AuditEntry rejected =
                AuditEntry.of(AuditAction.OPERATOR_KEY_REJECTED, null, null).refused();
        for (int i = 0; i < 20; i++) {
            from("192.0.2.1", rejected);
        }
        from("192.0.2.2", rejected);
        await().atMost(SOON).until(() -> audit.entries().size() >= 2);
        audit.repeated.write(false);
        assertThat(audit.entries())
                .extracting(AuditRecord::address)
                .containsExactlyInAnyOrder("192.0.2.1", "192.0.2.2");

        clock.advance(Duration.ofSeconds(61));
        audit.repeated.write(false);
        audit.repeated.write(false);
        assertThat(audit.entries().stream()
                        .filter(entry -> "192.0.2.1".equals(entry.address()))
                        .mapToInt(entry -> Integer.parseInt(entry.details().getOrDefault("count", "")))
                        .sum())
                .isEqualTo(20);
        assertThat(audit.entries()).hasSizeBetween(2, 3);
    }

    @Test
    void repeatedEntries_ofVeryManyAddresses_areFew() {
        AuditEntry rejected =
                AuditEntry.of(AuditAction.OPERATOR_KEY_REJECTED, null, null).refused();
        for (int i = 0; i < RepeatedEntries.MAX_KINDS + 500; i++) {
            from("2001:db8::" + Integer.toHexString(i), rejected);
        }
        audit.repeated.write(true);
        assertThat(audit.entries().stream()
                        .mapToInt(entry -> Integer.parseInt(entry.details().getOrDefault("count", "")))
                        .sum())
                .isEqualTo(RepeatedEntries.MAX_KINDS + 500);
        assertThat(audit.entries()).hasSizeBetween(RepeatedEntries.MAX_KINDS, RepeatedEntries.MAX_KINDS + 3);
    }

    private void from(String address, AuditEntry entry) {
        try (LogContext.Scope _ =
                LogContext.EMPTY.with(LogContext.Field.CLIENT, address).open()) {
            audit.log.recordRepeated(entry);
        }
    }

    private void assertDamaged(long sequence, String how) {
        AuditVerification result = audit.verifier.verify();
        assertThat(result.damaged()).as(how).isEqualTo(sequence);
        assertThat(result.damage()).as(how).isNotEmpty();
    }

    private static void say(String sql) {
        database.jdbc().sql(sql).update();
    }
}
