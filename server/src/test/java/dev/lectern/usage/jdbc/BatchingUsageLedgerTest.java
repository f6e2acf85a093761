package dev.lectern.usage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.shared.Caller;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.JobId;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.ModelCallContext.Purpose;
import dev.lectern.shared.Money;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import dev.lectern.usage.UsageEntry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryDatabase
class BatchingUsageLedgerTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration JOB_COLLECTING_TIME = Duration.ofMillis(500);
    private static final ModelCallContext ANSWER =
            new ModelCallContext(Purpose.ANSWER, new Caller.Visitor("anna"), new ConversationId("c1"), null);

    @TempDir
    Path folder;

    private final DatabaseEngine databaseEngine;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private TestDatabase database;
    private BatchingUsageLedger ledger;

    BatchingUsageLedgerTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void open() throws Exception {
        database = databaseEngine.open(folder);
        ledger = newLedger();
    }

    @AfterEach
    void close() {
        ledger.destroy();
        executor.close();
        database.close();
    }

    private BatchingUsageLedger newLedger() {
        return new BatchingUsageLedger(
                database.batches(),
                database.transactions(),
                new IdGenerator(Clock.systemUTC(), new SecureRandom()),
                executor,
                JOB_COLLECTING_TIME);
    }

    @Test
    void entries_ofManyThreads_areAllThereAfterTheEnd() {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2_000; i++) {
                int number = i;
                callers.execute(() -> ledger.record(entry(ANSWER, number)));
            }
        }
        ledger.destroy();
        assertThat(sums()).containsExactly(Map.of("n", 2_000L, "tokens", 1_999L * 2_000 / 2, "calls", 2_000L));
    }

    @Test
    void record_ofACaller_keepsCallerPurposeAndConversation() {
        ledger.record(entry(ANSWER, 3));
        await().atMost(SOON).untilAsserted(() -> assertThat(rows()).hasSize(1));
        assertThat(rows().getFirst())
                .containsEntry("caller", "visitor:anna")
                .containsEntry("purpose", "answer")
                .containsEntry("conversation", "c1")
                .containsEntry("job", null)
                .containsEntry("model", "test")
                .containsEntry("outcome", "done");
    }

    @Test
    void record_ofAModelThatThinks_keepsThoughtsAndTheAnsweringModel() {
        ledger.record(new UsageEntry(
                Instant.EPOCH,
                "gemini:gemini-2.5-pro",
                ANSWER,
                1,
                0,
                10,
                50,
                40,
                "gemini-3.8-flash",
                false,
                UsageEntry.Outcome.DONE,
                Duration.ofMillis(5),
                null));
        ledger.record(entry(ANSWER, 3));
        await().atMost(SOON).untilAsserted(() -> assertThat(rows()).hasSize(2));
        assertThat(thinking()).containsExactlyInAnyOrder("40 gemini-3.8-flash", "0 null");
    }

    private List<String> thinking() {
        return database.jdbc()
                .sql("SELECT thinking_tokens, answering_model FROM usage_entries")
                .query((row, number) -> row.getLong(1) + " " + row.getString(2))
                .list();
    }

    @Test
    void record_whenAlreadyStopped_isWrittenByItsCaller() {
        ledger.destroy();
        executor.shutdown();
        ledger.record(entry(ANSWER, 3));
        ledger.addToJob(entry(job("j1"), 4));
        assertThat(rows()).hasSize(2);
    }

    @Test
    void record_databaseAway_isWrittenWhenItIsBack() {
        database.jdbc().sql("ALTER TABLE usage_entries RENAME TO away").update();
        ledger.record(entry(ANSWER, 3));
        ledger.addToJob(entry(job("j1"), 4));
        await().pollDelay(BatchingUsageLedger.COLLECTING_TIME.multipliedBy(3)).until(() -> true);
        database.jdbc().sql("ALTER TABLE away RENAME TO usage_entries").update();
        await().atMost(SOON).untilAsserted(() -> assertThat(rows()).hasSize(2));
    }

    @Test
    void addToJob_manyCallsAndSeveralProcesses_areOneRowForEachJobAndOutcome() throws Exception {
        BatchingUsageLedger other = newLedger();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) {
                BatchingUsageLedger either = i % 2 == 0 ? ledger : other;
                callers.execute(() -> either.addToJob(entry(job("j1"), 10)));
                callers.execute(() -> either.addToJob(entry(job("j2"), 1)));
            }
        }
        other.destroy();
        ledger.destroy();
        assertThat(database.jdbc()
                        .sql(
                                "SELECT job, calls, texts, input_tokens, millis, cost_micros FROM usage_entries ORDER BY job")
                        .query((row, number) -> List.of(
                                row.getString(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6)))
                        .list())
                .containsExactly(
                        List.of("j1", 500L, 1_000L, 5_000L, 2_500L, 0L), List.of("j2", 500L, 1_000L, 500L, 2_500L, 0L));
    }

    @Test
    void addToJob_isWrittenWithoutTheEndOfTheProcess() {
        ledger.addToJob(entry(job("j1"), 10));
        await().atMost(SOON).untilAsserted(() -> assertThat(rows()).hasSize(1));
        ledger.addToJob(entry(job("j1"), 5));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(sums()).containsExactly(Map.of("n", 1L, "tokens", 15L, "calls", 2L)));
    }

    private static ModelCallContext job(String id) {
        return new ModelCallContext(Purpose.EMBED_PASSAGE, null, null, new JobId(id));
    }

    private List<Map<String, @Nullable Object>> rows() {
        return database.jdbc().sql("SELECT * FROM usage_entries").query().listOfRows();
    }

    private List<Map<String, Long>> sums() {
        return database.jdbc()
                .sql("SELECT count(*), sum(input_tokens), sum(calls) FROM usage_entries")
                .query((row, number) -> Map.of("n", row.getLong(1), "tokens", row.getLong(2), "calls", row.getLong(3)))
                .list();
    }

    private static UsageEntry entry(ModelCallContext context, int tokens) {
        return new UsageEntry(
                Instant.EPOCH,
                "test",
                context,
                1,
                2,
                tokens,
                0,
                false,
                UsageEntry.Outcome.DONE,
                Duration.ofMillis(5),
                Money.ZERO);
    }
}
