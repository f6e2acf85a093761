package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentStatus;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that meet a full disk wait for room; they do not fail. */
class DiskFullIngestionTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path temporary;

    private final InMemoryIndexes indexes = new InMemoryIndexes();
    private final CountingEmbedder embedder = new CountingEmbedder("counting");

    @Test
    void commit_diskFullMoreOftenThanThereAreAttempts_waitsForRoom() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        indexes.step = step -> {
            if (step.equals("before add") && failures.incrementAndGet() <= 3) {
                throw new LecternException(
                        ErrorCode.STORAGE_FULL, "planted", new IOException("No space left on device"));
            }
        };
        try (IngestionFixture ingestionFixture = open("lectern.ingestion.attempts=2")) {
            Job job = ingestionFixture.jobs.await(
                    TestAccess.OPERATOR,
                    ingestionFixture.jobs.addTexts(
                            TestAccess.OPERATOR,
                            CollectionId.DEFAULT,
                            List.of(new TextDocument("a", "A", "Cats sleep."))),
                    LONG);
            assertThat(job.status()).isEqualTo(JobStatus.DONE);
            assertThat(ingestionFixture.titled("A").status()).isEqualTo(DocumentStatus.DONE);
            assertThat(failures.get()).isGreaterThan(3);
        }
    }

    @Test
    void claim_noRoomOnTheDisk_leavesTheQueueAlone() throws Exception {
        JobId job;
        try (IngestionFixture ingestionFixture =
                open("lectern.storage.warn-below=1000TB", "lectern.storage.pause-below=1000TB")) {
            job = ingestionFixture.jobs.addTexts(
                    TestAccess.OPERATOR, CollectionId.DEFAULT, List.of(new TextDocument("a", "A", "Cats sleep.")));
            await().during(Duration.ofSeconds(3))
                    .atMost(LONG)
                    .until(() -> ingestionFixture.all().stream()
                            .map(Document::status)
                            .allMatch(DocumentStatus.QUEUED::equals));
        }
        try (IngestionFixture ingestionFixture = open()) {
            assertThat(ingestionFixture.await(job).status()).isEqualTo(JobStatus.DONE);
        }
    }

    private IngestionFixture open(String... settings) {
        return IngestionFixture.open(temporary.resolve("data"), indexes, embedder, new LineParser(), settings);
    }
}
