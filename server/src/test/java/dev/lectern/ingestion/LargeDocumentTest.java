package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.ingestion.jobs.TaskProgressRepository;
import dev.lectern.ingestion.jobs.TaskRepository;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentProgress;
import dev.lectern.library.DocumentProgress.Phase;
import dev.lectern.library.DocumentStatus;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.JobId;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Documents of many passages: how far they are is shown, and other documents do not wait for them. */
@OnEveryDatabase
@Timeout(240)
class LargeDocumentTest {
    private static final int PASSAGES = 600;
    private static final String LARGE = "large";
    private static final int EVERYTHING = 1_000_000;

    @TempDir
    Path temporary;

    private final InMemoryIndexes indexes = new InMemoryIndexes();
    private final CountingEmbedder embedder = new CountingEmbedder("counting");
    private final LineParser parser = new LineParser();
    /** Calls of the embedder with passages of large documents that may go on. */
    private final Semaphore largeCalls = new Semaphore(0);

    private final DatabaseEngine databaseEngine;
    private TestDatabase database;
    private IngestionFixture ingestionFixture;

    LargeDocumentTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void open() {
        embedder.beforeTexts = texts -> {
            if (texts.stream().anyMatch(text -> text.contains(LARGE))) {
                acquire();
            }
        };
        database = databaseEngine.open(temporary.resolve("data"));
        start();
    }

    private void start() {
        ingestionFixture = IngestionFixture.open(
                temporary.resolve("data"),
                indexes,
                embedder,
                parser,
                database.settings("lectern.ingestion.documents-at-once=4", "lectern.ingestion.rescan=100ms"));
    }

    private void acquire() {
        try {
            if (!largeCalls.tryAcquire(IngestionFixture.SOON.toSeconds() * 3, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The test did not let this call go on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped", e);
        }
    }

    @AfterEach
    void close() {
        largeCalls.release(EVERYTHING);
        ingestionFixture.close();
        database.close();
    }

    /** Each line is as long as a passage may be, so that it becomes one. */
    private static String line(String name, int number) {
        return IntStream.range(0, 50)
                .mapToObj(word -> name + number + "w" + word)
                .collect(Collectors.joining(" ", "", "."));
    }

    private static void write(Path file, String name, int passages) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(
                file, IntStream.range(0, passages).mapToObj(i -> line(name, i)).toList());
    }

    private JobId scan(Path folder) {
        return ingestionFixture.sources.scan(
                TestAccess.OPERATOR,
                ingestionFixture
                        .sources
                        .addFolder(TestAccess.OPERATOR, folder, CollectionId.DEFAULT)
                        .id(),
                false);
    }

    private Job job(JobId id) {
        return ingestionFixture.jobs.job(TestAccess.OPERATOR, id);
    }

    private void awaitDone(int documents, String name) {
        await().atMost(IngestionFixture.SOON)
                .untilAsserted(() -> assertThat(ingestionFixture.all())
                        .filteredOn(document -> document.title().startsWith(name))
                        .hasSize(documents)
                        .extracting(Document::status)
                        .containsOnly(DocumentStatus.DONE));
    }

    private Job.RunningDocument awaitEmbedding(JobId id) {
        await().atMost(IngestionFixture.SOON)
                .until(() -> job(id).progress().running().stream()
                        .anyMatch(running -> running.progress().phase() == Phase.EMBEDDING));
        return job(id).progress().running().getFirst();
    }

    @Test
    void progress_ofOneLargeDocument_isWrittenForEveryNode() throws Exception {
        Path folder = temporary.resolve("one");
        write(folder.resolve("large.txt"), LARGE, PASSAGES);
        JobId id = scan(folder);

        Job.RunningDocument begun = awaitEmbedding(id);
        assertThat(begun.title()).isEqualTo("large.txt");
        assertThat(begun.progress().total()).isEqualTo(PASSAGES);
        assertThat(begun.progress().embedded()).isZero();
        assertThat(begun.progress().remaining()).isNull();

        TaskProgressRepository written = ingestionFixture.context.getBean(TaskProgressRepository.class);
        await().atMost(IngestionFixture.SOON).pollInSameThread().until(() -> {
            largeCalls.release();
            DocumentProgress now =
                    written.find(List.of(begun.document())).getOrDefault(begun.document(), begun.progress());
            return now.embedded() > 0 && now.rate() > 0;
        });
        Job.Progress progress = job(id).progress();
        assertThat(progress.passages()).isPositive().isLessThan(PASSAGES);
        assertThat(progress.totalPassages()).isEqualTo(PASSAGES);
        assertThat(progress.done()).isZero();
        assertThat(progress.rate()).isPositive();
        assertThat(progress.remaining()).isPositive();
        assertThat(ingestionFixture
                        .context
                        .getBean(TaskRepository.class)
                        .count(id)
                        .rate())
                .isPositive();

        largeCalls.release(EVERYTHING);
        Job done = ingestionFixture.await(id);
        assertThat(done.progress().passages()).isEqualTo(PASSAGES);
        assertThat(done.progress().totalPassages()).isEqualTo(PASSAGES);
        assertThat(done.progress().running()).isEmpty();
        assertThat(written.find(List.of(begun.document()))).isEmpty();
    }

    @Test
    void progress_whileTheFileIsBeingRead_saysSo() throws Exception {
        Semaphore mayRead = new Semaphore(0);
        parser.beforeRefusing = mayRead::acquireUninterruptibly;
        Path folder = temporary.resolve("one");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("broken.txt"), "broken");
        JobId id = scan(folder);

        await().atMost(IngestionFixture.SOON)
                .until(() -> !job(id).progress().running().isEmpty());
        assertThat(job(id).progress().running().getFirst().progress().phase()).isEqualTo(Phase.READING);
        assertThat(job(id).progress().totalPassages()).isNull();
        mayRead.release();
        assertThat(ingestionFixture.await(id).progress().running()).isEmpty();
    }

    @Test
    void smallDocuments_ofTheSameAndOfAnotherFolder_doNotWaitForALargeOne() throws Exception {
        Path folder = temporary.resolve("one");
        write(folder.resolve("large.txt"), LARGE, PASSAGES);
        JobId id = scan(folder);
        DocumentId large = awaitEmbedding(id).document();
        for (int i = 0; i < 10; i++) {
            write(folder.resolve("same" + i + ".txt"), "same" + i, 2);
            write(temporary.resolve("two").resolve("other" + i + ".txt"), "other" + i, 2);
        }
        scan(temporary.resolve("two"));

        awaitDone(10, "same");
        awaitDone(10, "other");
        assertThat(ingestionFixture.find(large).orElseThrow().status()).isEqualTo(DocumentStatus.RUNNING);
    }

    @Test
    void smallDocument_withAPassageOfALargeOne_doesNotWaitForIt() throws Exception {
        Path folder = temporary.resolve("one");
        write(folder.resolve("big.txt"), LARGE, PASSAGES - 1);
        // The title is part of what is embedded, so the same text needs the same title.
        Files.writeString(
                folder.resolve("big.txt"), Files.readString(folder.resolve("big.txt")) + line("shared", 1) + "\n");
        JobId id = scan(folder);
        awaitEmbedding(id);
        write(temporary.resolve("two").resolve("big.txt"), "shared", 2);
        JobId small = scan(temporary.resolve("two"));

        assertThat(ingestionFixture.await(small).status()).isEqualTo(JobStatus.DONE);
        assertThat(job(id).status()).isEqualTo(JobStatus.RUNNING);
        largeCalls.release(EVERYTHING);
        assertThat(ingestionFixture.await(id).status()).isEqualTo(JobStatus.DONE);
        assertThat(embedder.embedded.values()).containsOnly(1);
    }

    @Test
    void smallDocuments_behindMoreLargeOnesThanAreReadAtOnce_doNotWait_andAllEnd() throws Exception {
        Path folder = temporary.resolve("many");
        for (int i = 0; i < 6; i++) {
            write(folder.resolve("large" + i + ".txt"), LARGE + i + "x", PASSAGES);
        }
        JobId id = scan(folder);
        TaskRepository tasks = ingestionFixture.context.getBean(TaskRepository.class);
        await().atMost(IngestionFixture.SOON)
                .until(() -> tasks.count(id).unread() == 0 && tasks.count(id).open() == 6);
        for (int i = 0; i < 10; i++) {
            write(temporary.resolve("two").resolve("other" + i + ".txt"), "other" + i, 2);
        }
        scan(temporary.resolve("two"));
        awaitDone(10, "other");
        await().atMost(IngestionFixture.SOON)
                .untilAsserted(() -> assertThat(ingestionFixture.all())
                        .filteredOn(document -> document.title().startsWith(LARGE))
                        .filteredOn(document -> document.status() == DocumentStatus.RUNNING)
                        .as("half of the documents at once may be large")
                        .hasSize(2));

        largeCalls.release(EVERYTHING);
        assertThat(ingestionFixture.await(id).progress().done()).isEqualTo(6);
        assertThat(embedder.embedded.values()).containsOnly(1);
    }

    @Test
    void interruption_ofALargeDocument_embedsNothingAgain() throws Exception {
        Path folder = temporary.resolve("one");
        write(folder.resolve("large.txt"), LARGE, PASSAGES);
        largeCalls.release(20);
        JobId id = scan(folder);
        awaitEmbedding(id);
        await().atMost(IngestionFixture.SOON).until(() -> embedder.count() >= 20 * 16);
        ingestionFixture.close();
        start();

        await().atMost(IngestionFixture.SOON)
                .until(() -> awaitEmbedding(id).progress().embedded() >= 20 * 16);
        largeCalls.release(EVERYTHING);
        assertThat(ingestionFixture.await(id).status()).isEqualTo(JobStatus.DONE);
        assertThat(embedder.count()).isEqualTo(PASSAGES);
    }
}
