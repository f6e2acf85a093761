package dev.lectern.usage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.shared.IdGenerator;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import dev.lectern.usage.UsageEntry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

@OnEveryDatabase
class BatchingUsageLedgerTest {
    @TempDir
    Path folder;

    private final DatabaseEngine databaseEngine;

    BatchingUsageLedgerTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @Test
    void entries_ofManyThreads_areAllThereAfterTheEnd() throws Exception {
        try (TestDatabase database = databaseEngine.open(folder)) {
            record(database.batches());
        }
    }

    private static void record(JdbcTemplate jdbc) throws Exception {
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        BatchingUsageLedger ledger =
                new BatchingUsageLedger(jdbc, new IdGenerator(Clock.systemUTC(), new SecureRandom()), executor);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2_000; i++) {
                int number = i;
                callers.execute(() -> ledger.record(entry(number)));
            }
        }
        executor.close();
        ledger.destroy();
        assertThat(jdbc.queryForObject("SELECT count(*) FROM usage_entries", Integer.class))
                .isEqualTo(2_000);
        assertThat(jdbc.queryForObject("SELECT sum(input_tokens) FROM usage_entries", Integer.class))
                .isEqualTo(1_999 * 2_000 / 2);
    }

    private static UsageEntry entry(int tokens) {
        return new UsageEntry(
                Instant.EPOCH,
                "test",
                UsageEntry.Purpose.ANSWER,
                tokens,
                1,
                UsageEntry.Outcome.DONE,
                Duration.ofMillis(5),
                null,
                null);
    }
}
