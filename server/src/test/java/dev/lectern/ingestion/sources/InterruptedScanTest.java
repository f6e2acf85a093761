package dev.lectern.ingestion.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.CountingEmbedder;
import dev.lectern.ingestion.InMemoryIndexes;
import dev.lectern.ingestion.IngestionFixture;
import dev.lectern.ingestion.Job;
import dev.lectern.ingestion.JobStatus;
import dev.lectern.ingestion.LineParser;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.SourceId;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A source is removed, or its scan is cancelled, while it is scanned. */
@OnEveryDatabase
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class InterruptedScanTest {
    @TempDir
    Path folder;

    private final DatabaseEngine databaseEngine;
    private TestDatabase database;
    private IngestionFixture ingestionFixture;
    private WaitingConnector connector;
    private SourceId source;

    InterruptedScanTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    /** Waits in the middle of its second item until the test lets it go on. */
    static class WaitingConnector extends PagedConnector {
        final CountDownLatch waiting = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);

        @Override
        public InputStream open(Source source, String path) {
            if (path.startsWith("b")) {
                waiting.countDown();
                try {
                    assertThat(released.await(60, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return super.open(source, path);
        }
    }

    @BeforeEach
    void open() {
        System.setProperty(PagedConnector.SECRET, "key");
        database = databaseEngine.open(folder);
        ingestionFixture = IngestionFixture.open(
                folder.resolve("data"),
                new InMemoryIndexes(),
                new CountingEmbedder("counting"),
                new LineParser(),
                database.settings("spring.main.sources=" + WaitingConnector.class.getName()));
        connector = ingestionFixture.context.getBean(WaitingConnector.class);
        source = ingestionFixture
                .context
                .getBean(SourceRepository.class)
                .add(CollectionId.DEFAULT, PagedConnector.KIND, "https://docs.example", _ -> {});
    }

    @AfterEach
    void close() {
        System.clearProperty(PagedConnector.SECRET);
        ingestionFixture.close();
        database.close();
    }

    @Test
    void remove_duringAScan_leavesNoDocument() throws Exception {
        connector.items.put("a.txt", "# Cats\nCats sleep.");
        connector.items.put("b.txt", "# Dogs\nDogs bark.");
        connector.items.put("c.txt", "# Birds\nBirds sing.");
        var scan = ingestionFixture.sources.scan(TestAccess.OPERATOR, source, false);
        assertThat(connector.waiting.await(60, TimeUnit.SECONDS)).isTrue();
        ingestionFixture.sources.remove(TestAccess.OPERATOR, source);
        connector.released.countDown();

        Job ended = ingestionFixture.await(scan);
        assertThat(ended.reasonCode()).isEqualTo("gone");
        assertThat(Objects.requireNonNull(ended.reason())).startsWith("The source was removed");
        assertThat(ingestionFixture.jobs.awaitIdle(Duration.ofSeconds(60))).isTrue();
        assertThat(ingestionFixture.all()).isEmpty();
        assertThat(count("location")).isZero();
        assertThat(count("source_finding")).isZero();
        ingestionFixture.awaitAgreement();
    }

    @Test
    void cancel_duringAScan_leavesNoCompleteScan() throws Exception {
        connector.items.put("a.txt", "# Cats\nCats sleep.");
        connector.items.put("b.txt", "# Dogs\nDogs bark.");
        connector.items.put("c.txt", "# Birds\nBirds sing.");
        var scan = ingestionFixture.sources.scan(TestAccess.OPERATOR, source, false);
        assertThat(connector.waiting.await(60, TimeUnit.SECONDS)).isTrue();
        ingestionFixture.jobs.cancel(TestAccess.OPERATOR, scan);
        // The next scan of the source begins when the end of this one is recorded.
        connector.unavailableAfter = "a.txt";
        var next = ingestionFixture.sources.scan(TestAccess.OPERATOR, source, false);
        connector.released.countDown();

        assertThat(ingestionFixture.await(next).status()).isEqualTo(JobStatus.FAILED);
        Source known =
                ingestionFixture.sources.describe(TestAccess.OPERATOR, source).source();
        assertThat(known.scannedAt()).isNull();
        assertThat(known.reasonCode()).isNotNull();
    }

    private long count(String table) {
        return ingestionFixture
                .context
                .getBean(JdbcClient.class)
                .sql("SELECT COUNT(*) FROM " + table)
                .query(Long.class)
                .single();
    }
}
